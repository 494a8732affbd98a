using System.Globalization;
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
            var (own, channel) = (audit.Records.Providers[index], audit.Chain.Providers[index]);
            table.AddRow(name, Text(own.Promised), Text(channel.Settled), Text(own.Gross - own.Promised), "");
        }
        table.AddEmptyRow();
        var books = audit.Records;
        table.AddRow("together", Text(books.ProvidersPromised), Text(audit.ProvidersPaid), Text(books.Fees), Text(audit.ConsumersSettled));
        return table;
    }

    /// <summary>One row per consumer who left.</summary>
    public static IRenderable Departures(Audit audit)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("Consumers who left");
        table.AddColumn("");
        foreach (var column in (string[])["deposited", "promised", "taken back"]) table.AddColumn(new TableColumn(column).RightAligned());
        table.AddColumn("how");
        foreach (var (name, withConsent, deposited, promised, taken) in audit.Departures)
        {
            table.AddRow(
                name,
                Text(deposited),
                Text(promised),
                Text(taken),
                withConsent ? "a part, with the operator's consent, while it paid on" : "all the rest, without consent, after 4 days");
        }
        return table;
    }

    /// <summary>Who left without the accountant, and with what.</summary>
    public static IRenderable Recovery(MoneyRecovered recovered)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("The provider who left without the accountant");
        table.AddColumn("");
        foreach (var column in (string[])["collected", "paid", "loan returned", "transactions"])
            table.AddColumn(new TableColumn(column).RightAligned());
        table.AddRow(
            recovered.Name,
            Text(recovered.Collected),
            Text(recovered.Paid),
            Text(recovered.LoanReturned),
            Text(recovered.Transactions));
        return table;
    }

    /// <summary>Whether every token is accounted for, claim by claim.</summary>
    public static IRenderable Claims(IReadOnlyList<AuditCheck> headlines, IReadOnlyList<AuditCheck> checks)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("Is every token accounted for?");
        table.AddColumn("claim");
        table.AddColumn(new TableColumn("expected").RightAligned());
        table.AddColumn(new TableColumn("found").RightAligned());
        table.AddColumn("");
        foreach (var check in headlines)
            table.AddRow(Markup.Escape(check.Claim), Text(check.Expected), Text(check.Found), check.Holds ? "yes" : "[red]NO[/]");
        var holding = checks.Count(check => check.Holds);
        table.Caption($"{holding} of {checks.Count} claims hold, those about single consumers included");
        return table;
    }

    /// <summary>What the node sent, one row per transaction, and what a channel's share of the gas was.</summary>
    public static IRenderable Settlement(IReadOnlyList<BatchOnChain> batches)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("The node's transactions");
        table.AddColumn("");
        foreach (var column in (string[])["channels", "moved", "gas", "gas per channel"])
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var batch in batches)
            table.AddRow(batch.Kind, Text(batch.Rows), Text(batch.Moved), Text(batch.GasUsed), Text(batch.GasPerRow));
        var payments = batches.Where(batch => batch.Kind == BatchOnChain.Pay).ToArray();
        var rows = payments.Sum(batch => batch.Rows);
        if (rows > 0)
            table.Caption(
                $"A payment cost {Text(payments.Aggregate(0ul, (sum, batch) => sum + batch.GasUsed) / (ulong)rows)} gas per provider;"
                + " 200 in a transaction cost 19 597 each (contracts/GAS.md), a transaction of its own 66 127");
        return table;
    }

    /// <summary>With a blank between groups of three digits, as people read money.</summary>
    public static string Text(Amount amount) => Text(amount.Units);

    private static string Text<TNumber>(TNumber number)
        where TNumber : IFormattable => number.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');
}
