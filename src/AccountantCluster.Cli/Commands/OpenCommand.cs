using System.CommandLine;
using AccountantCluster.Cli.Commands.Options;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Commands;

/// <summary><c>identity open</c>: a consumer that pays before its registration is mined.</summary>
internal static class OpenCommand
{
    // The most that an accountant holds a registration for, less what clocks differ.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(23);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var command = new Command(
            "open",
            "Consumers: hand a signed registration to the accountant, to pay up to its limit before it is mined. Top the channel up first;"
            + " `identity register` has it mined.");
        var key = KeyOptions.AddTo(command, host, "the consumer");
        var network = NetworkOptions.AddTo(command);
        var node = NodeOptions.AddTo(command);
        var wait = CommonOptions.Number("--wait", "Seconds to wait until something may be promised.", 0, 3_600, defaultValue: 60);
        var json = CommonOptions.Json();
        command.Add(wait);
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var identity = key.Open(parsed, host);
            using var open = await network.OpenAsync(parsed, cancellation);
            using var api = node.OpenApi(parsed, network.Read(parsed), open.Profile);
            var signed = SignedRegistration.Sign(
                open.Profile, identity, (ulong)(host.Time.GetUtcNow() + Longest).ToUnixTimeSeconds());
            var end = host.Time.GetUtcNow() + TimeSpan.FromSeconds(parsed.GetValue(wait));
            var answer = await api.OpenChannelAsync(signed, cancellation);
            while (answer.Spendable.IsZero && MayCome(answer.Reason) && host.Time.GetUtcNow() < end)
            {
                await Task.Delay(Interval, host.Time, cancellation);
                answer = await api.OpenChannelAsync(signed, cancellation);
            }
            if (!answer.IsHeld) throw new CommandFailedException($"The accountant does not hold it: {answer.Reason.ToName()}.");
            var report = host.Report(parsed.GetValue(json));
            var channel = open.Profile.ChannelOf(identity.Address);
            report.Json(new { Identity = identity.Address, Channel = channel, answer.Spendable, signed.Message.Deadline });
            report.Say($"{identity.Address.ToChecksumString()} can promise {answer.Spendable} units in all now.");
            report.Say($"Consumer channel {channel.ToChecksumString()}: have it registered soon, with `accountant identity register`.");
            return ExitCode.Success;
        });
        return command;
    }

    // What a confirmed block changes, or asking again.
    private static bool MayCome(RejectionReason reason) => reason is RejectionReason.None or RejectionReason.AlreadyCovered
        or RejectionReason.Overloaded or RejectionReason.OutcomeUnknown;
}
