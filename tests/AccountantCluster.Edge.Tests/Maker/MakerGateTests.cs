using System.Net;
using AccountantCluster.Protocol;
using Grpc.Core;

namespace AccountantCluster.Edge.Tests.Maker;

/// <summary>What one network address may ask of a transaction maker, whatever identities it makes up.</summary>
public sealed class MakerGateTests : IDisposable
{
    private static readonly EdgeLimits Limits = new()
    {
        JobsPerAddress = 3,
        JobsPerMinute = 1,
        MakerCallsPerAddress = 5,
        MakerCallsPerMinute = 1,
        JobWatches = 2,
    };

    private static readonly IPAddress Caller = IPAddress.Parse("192.0.2.1");

    private readonly MakerGate _gate = new(Limits);

    public void Dispose() => _gate.Dispose();

    [Fact]
    public void An_address_brings_so_many_jobs_at_once_and_others_are_not_held_up()
    {
        for (var job = 0; job < Limits.JobsPerAddress; job++) _gate.Job(Caller);
        MustRefuse(RejectionReason.LimitExceeded, () => _gate.Job(Caller));
        _gate.Job(IPAddress.Parse("192.0.2.2"));
        // What is asked is counted apart.
        for (var call = 0; call < Limits.MakerCallsPerAddress; call++) _gate.Call(Caller);
        MustRefuse(RejectionReason.LimitExceeded, () => _gate.Call(Caller));
    }

    [Fact]
    public void A_network_of_one_house_is_one_address()
    {
        for (var job = 0; job < Limits.JobsPerAddress; job++) _gate.Job(IPAddress.Parse($"2001:db8:1:2::{job}"));
        MustRefuse(RejectionReason.LimitExceeded, () => _gate.Job(IPAddress.Parse("2001:db8:1:2:3::4")));
        _gate.Job(IPAddress.Parse("2001:db8:1:3::1"));
    }

    [Fact]
    public void An_address_is_the_same_in_either_form()
    {
        for (var job = 0; job < Limits.JobsPerAddress; job++) _gate.Job(Caller.MapToIPv6());
        MustRefuse(RejectionReason.LimitExceeded, () => _gate.Job(Caller));
    }

    [Fact]
    public void Whoever_stops_watching_makes_room()
    {
        var first = _gate.Watch();
        using var second = _gate.Watch();
        MustRefuse(RejectionReason.Overloaded, () => _gate.Watch());
        first.Dispose();
        // Twice frees one place.
        first.Dispose();
        using var third = _gate.Watch();
        MustRefuse(RejectionReason.Overloaded, () => _gate.Watch());
    }

    private static void MustRefuse(RejectionReason reason, Action enter) => Assert.Equal(
        reason.ToName(), Assert.Throws<RpcException>(enter).Trailers.GetValue(Wire.ReasonTrailer.Name));
}
