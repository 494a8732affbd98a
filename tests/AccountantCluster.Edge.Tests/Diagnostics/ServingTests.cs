using AccountantCluster.Edge.Tests.Support;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;

namespace AccountantCluster.Edge.Tests.Diagnostics;

public class ServingTests
{
    [Theory]
    [InlineData("")]
    [InlineData("accountant.v1.ExchangeService")]
    public async Task Health_answers(string service)
    {
        await using var edge = await EdgeUnderTest.StartAsync();

        var client = new Health.HealthClient(edge.Channel);
        var response = await client.CheckAsync(new() { Service = service }, cancellationToken: edge.Patience);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, response.Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("accountant.v1.ExchangeService")]
    public async Task A_node_that_reaches_no_channels_does_not_serve(string service)
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Standing.IsReady = false;

        var client = new Health.HealthClient(edge.Channel);
        var response = await client.CheckAsync(new() { Service = service }, cancellationToken: edge.Patience);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, response.Status);
    }

    [Fact]
    public async Task Reflection_lists_the_services()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        using var call = new ServerReflection.ServerReflectionClient(edge.Channel).ServerReflectionInfo(cancellationToken: edge.Patience);

        await call.RequestStream.WriteAsync(new() { ListServices = "" }, edge.Patience);
        Assert.True(await call.ResponseStream.MoveNext(edge.Patience));

        var services = call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name);
        Assert.Superset(new HashSet<string> { "accountant.v1.ExchangeService", "grpc.health.v1.Health" }, services.ToHashSet());
    }
}
