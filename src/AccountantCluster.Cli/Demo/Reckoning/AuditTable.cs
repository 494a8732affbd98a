using AccountantCluster.Protocol;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AccountantCluster.Cli.Demo.Reckoning;

/// <summary>The closing table: what was promised, what arrived, and what became of every token.</summary>
internal static class AuditTable
{
    /// <summary>One row per provider and the sums.</summary>
    public static IRenderable Money(Audit audit, IReadOnlyList<string> providers)
    {
        var table = new Table().Border(TableBorder.Rounded).Title($"Token base units, at block {audit.Chain.Block.Number}");
        foreach (var column in (string[])["", "promised", "received on chain", "fees", "paid by consumers"])
            table.AddColumn(new TableColumn(column).Alignment(column.Length == 0 ? Justify.Left : Justify.Right));
        foreach (var (name, index) in providers.Select((name, index) => (name, index)))
        {
            var (books, channel) = (audit.Records.Providers[index], audit.Chain.Providers[index]);
            table.AddRow(name, Text(books.Promised), Text(channel.Settled), Text(books.Gross - books.Promised), "");
        }
        table.AddEmptyRow();
        table.AddRow("together", Text(audit.Records.ProvidersPromised), Text(audit.ProvidersPaid), Text(audit.Records.Fees), Text(audit.ConsumersSettled));
        return table;
    }

    /// <summary>Whether every token is accounted for, claim by claim.</summary>
    public static IRenderable Claims(Audit audit)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("Is every token accounted for?");
        table.AddColumn("claim");
        table.AddColumn(new TableColumn("expected").RightAligned());
        table.AddColumn(new TableColumn("found").RightAligned());
        table.AddColumn("");
        foreach (var check in audit.Headlines) table.AddRow(Markup.Escape(check.Claim), Text(check.Expected), Text(check.Found), check.Holds ? "yes" : "[red]NO[/]");
        table.Caption($"{audit.Checks.Count(check => check.Holds)} of {audit.Checks.Count} claims hold, those about single consumers included");
        return table;
    }

    // A blank between groups of three digits, as people read money.
    private static string Text(Amount amount) => amount.Units.ToString("#,0", System.Globalization.CultureInfo.InvariantCulture).Replace(',', ' ');
}
