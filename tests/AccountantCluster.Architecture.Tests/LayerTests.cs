using System.Reflection;
using NetArchTest.Rules;

namespace AccountantCluster.Architecture.Tests;

/// <summary>The arrows of ARCHITECTURE.md: what each project may know.</summary>
public sealed class LayerTests
{
    private static readonly string[] Infrastructure =
    [
        "Akka", "Grpc", "Google.Protobuf", "Microsoft.AspNetCore", "Microsoft.Data", "Microsoft.Extensions", "Npgsql", "System.IO.File", "System.Net", "System.Data",
    ];

    private static readonly string[] Projects = ["Protocol", "Channels", "Chain", "Api", "Cluster", "Edge", "Admin", "Client", "LocalNetwork", "Node", "Cli"];

    // The rules take time as an argument and wait for nobody.
    private static readonly string[] Time =
        ["System.TimeProvider", "System.DateTime", "System.DateTimeOffset", "System.Diagnostics.Stopwatch", "System.Threading.Tasks", "System.Threading.Timer"];

    public static TheoryData<string, string[]> Arrows => new()
    {
        { "AccountantCluster.Protocol", [.. Infrastructure, .. Time, .. AllBut("Protocol")] },
        { "AccountantCluster.Channels", [.. Infrastructure, .. Time, "Org.BouncyCastle", .. AllBut("Protocol", "Channels")] },
        { "AccountantCluster.Chain", ["Akka", "Grpc", "Google.Protobuf", "Microsoft.AspNetCore", .. AllBut("Protocol", "Chain")] },
        { "AccountantCluster.Api", ["Akka", "Microsoft.AspNetCore", .. AllBut("Api")] },
        { "AccountantCluster.Cluster", ["Grpc", "Microsoft.AspNetCore", .. AllBut("Protocol", "Channels", "Chain", "Cluster")] },
        { "AccountantCluster.Edge", ["Akka", .. AllBut("Protocol", "Channels", "Chain", "Cluster", "Api", "Edge")] },
        { "AccountantCluster.Admin", ["Akka", .. AllBut("Protocol", "Cluster", "Api", "Admin")] },
        { "AccountantCluster.Client", ["Akka", "Microsoft.AspNetCore", .. AllBut("Protocol", "Chain", "Api", "Client")] },
        { "AccountantCluster.LocalNetwork", ["Akka", "Grpc", .. AllBut("Protocol", "Chain", "LocalNetwork")] },
    };

    [Theory]
    [MemberData(nameof(Arrows))]
    public void A_project_knows_only_what_the_architecture_allows(string project, string[] forbidden)
    {
        var types = Types.InAssembly(Assembly.Load(project));
        Assert.NotEmpty(types.GetTypes());
        var result = types.ShouldNot().HaveDependencyOnAny(forbidden).GetResult();
        Assert.True(result.IsSuccessful, $"{project}: {string.Join(", ", result.FailingTypeNames ?? [])}");
    }

    private static IEnumerable<string> AllBut(params string[] projects) =>
        Projects.Except(projects).Select(project => $"AccountantCluster.{project}");
}
