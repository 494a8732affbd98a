using AccountantCluster.Cli.Demo.Reckoning;
using AccountantCluster.Protocol;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AccountantCluster.Cli.Demo.Vanishing;

/// <summary>The closing table of a demo with two accountants.</summary>
internal static class VanishingTable
{
    /// <summary>One row per provider, with both accountants side by side, and the sums.</summary>
    public static IRenderable Money(VanishingAudit audit)
    {
        var table = new Table().Border(TableBorder.Rounded).Title($"Token base units, at block {audit.Block}");
        table.AddColumn("");
        string[] columns = ["promised", "received", "promised by the vanished", "settled all the same", "left open", "received of both"];
        foreach (var column in columns) table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var provider in audit.Providers) Add(provider.Name, [provider]);
        table.AddEmptyRow();
        Add("together", audit.Providers);
        table.Caption(
            $"After one had vanished the providers earned {AuditTable.Text(audit.EarnedAfterwards)} from the other. "
            + "What is left open was promised under a window whose R was still secret");
        return table;

        void Add(string name, IReadOnlyList<ProviderOfBoth> providers)
        {
            Amount Sum(Func<ProviderOfBoth, Amount> part) => ClientRecords.Sum(providers.Select(part));
            table.AddRow(
                name,
                AuditTable.Text(Sum(one => one.Promised)),
                AuditTable.Text(Sum(one => one.Paid)),
                AuditTable.Text(Sum(one => one.PromisedByVanished)),
                AuditTable.Text(Sum(one => one.SettledAlone)),
                AuditTable.Text(Sum(one => one.PromisedByVanished - one.SettledAlone)),
                AuditTable.Text(Sum(one => one.Paid + one.SettledAlone)));
        }
    }
}
