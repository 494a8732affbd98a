using System.Reflection;
using AccountantCluster.Chain;

namespace AccountantCluster.Client.Tests.Support;

/// <summary>A real chain on which something happens before each question for logs.</summary>
public class ChainWithNews : DispatchProxy
{
    private IEthereumClient _client = null!;
    private Func<Task> _news = null!;

    /// <summary>The chain behind it, and what happens.</summary>
    internal static IEthereumClient On(IEthereumClient client, Func<Task> news)
    {
        var proxy = Create<IEthereumClient, ChainWithNews>();
        var self = (ChainWithNews)(object)proxy;
        (self._client, self._news) = (client, news);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod?.Name == nameof(IEthereumClient.GetLogsAsync)
            ? LogsAsync((LogFilter)args![0]!, (CancellationToken)args[1]!)
            : targetMethod?.Invoke(_client, args);

    private async Task<IReadOnlyList<LogEntry>> LogsAsync(LogFilter filter, CancellationToken cancellation)
    {
        await _news();
        return await _client.GetLogsAsync(filter, cancellation);
    }
}
