using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using AccountantCluster.EndToEnd.Tests.Demo;
using AccountantCluster.LocalNetwork;

namespace AccountantCluster.EndToEnd.Tests.Examples;

/// <summary>The examples as their README says: a demo that stays up, and two programs in two terminals.</summary>
public sealed partial class ExamplesTests : IDisposable
{
    private const int Kibibytes = 300;
    private const long UnitsPerKibibyte = 10;

    private readonly DemoProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task The_provider_earns_what_the_consumer_pays_for_what_it_received()
    {
        var folder = Path.Combine(_program.Temporary, "network");
        await using var demo = ManagedProcess.Start(_program.Command("--serve", folder));
        var line = await demo.WaitForLineAsync(text => text.StartsWith('{'), DemoProgram.Deadline);
        using var served = JsonDocument.Parse(line);
        Assert.Equal(folder, served.RootElement.GetProperty("folder").GetString());

        await using var provider = ManagedProcess.Start(Example("StreamingProvider", folder));
        var listening = await provider.WaitForLineAsync(StartsWith("Listening"), DemoProgram.Deadline);
        var address = AddressPattern().Match(listening).Value;
        var watched = await ManagedProcess.RunAsync(Example("StreamingConsumer", folder, address, $"{Kibibytes}"), DemoProgram.Deadline);
        Assert.True(watched.ExitCode == 0, $"{watched.Output}\n{watched.Error}\n{provider.OutputTail}\n{demo.OutputTail}");
        var session = await provider.WaitForLineAsync(StartsWith("Session of"), DemoProgram.Deadline);
        // Once more: a session of its own, in the same books.
        var again = await ManagedProcess.RunAsync(Example("StreamingConsumer", folder, address, "10"), DemoProgram.Deadline);
        Assert.True(again.ExitCode == 0, $"{again.Output}\n{again.Error}\n{provider.OutputTail}");
        provider.Signal(UnixSignal.Interrupt);
        Assert.Equal(0, await provider.WaitForExitAsync(DemoProgram.Deadline));

        var (received, spent) = (Number(watched.Output, "Received "), Number(watched.Output, "Spent "));
        var (sent, earned) = (Number(session, "sent "), Number(session, "earned "));
        Assert.True(received >= Kibibytes * 1_024);
        Assert.Equal(sent, received);
        // To the unit: what was sent at its price, prepaid or not.
        Assert.Equal((sent / 1_024 * UnitsPerKibibyte, earned), (spent, spent));
        var (gross, promised) = (Number(provider.OutputTail, "Earned "), Number(provider.OutputTail, "promises "));
        Assert.Equal(spent + Number(again.Output, "Spent "), gross);
        Assert.Equal(gross - (gross / 100), promised);
        Assert.Equal(promised, Number(provider.OutputTail, "of which "));

        demo.Signal(UnixSignal.Interrupt);
        Assert.Equal(0, await demo.WaitForExitAsync(DemoProgram.Deadline));
        // What was served goes; the examples' own books stay with whoever has them.
        Assert.Equal([".db", ".db"], Directory.GetFiles(folder).Select(Path.GetExtension));
        Assert.Empty(_program.LeftBehind);
    }

    private static Func<string, bool> StartsWith(string text) => line => line.StartsWith(text, StringComparison.Ordinal);

    private static ProcessCommand Example(string name, params string[] arguments)
    {
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        return new ProcessCommand("env", ["--default-signal=INT", host, DemoProgram.Beside($"{name}.dll"), .. arguments]);
    }

    private static long Number(string text, string after)
    {
        var found = Regex.Match(text, $"{Regex.Escape(after)}([0-9]+)", RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.True(found.Success, $"No '{after}' in:\n{text}");
        return long.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("127\\.0\\.0\\.1:[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex AddressPattern();
}
