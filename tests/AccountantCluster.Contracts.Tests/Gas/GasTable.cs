using System.Globalization;
using System.Text;
using AccountantCluster.Contracts.Tests.Gas.Measurements;

namespace AccountantCluster.Contracts.Tests.Gas;

/// <summary><c>contracts/GAS.md</c>.</summary>
internal static class GasTable
{
    /// <summary>The command that writes it anew.</summary>
    public const string Command =
        $"{RenewVariable}=1 dotnet test tests/AccountantCluster.Contracts.Tests --filter GasTableTests";

    /// <summary>The environment variable that makes the test write the table instead of comparing it.</summary>
    public const string RenewVariable = "ACCOUNTANT_RENEW_GAS";

    /// <summary>Stands where nobody has said yet why a bound is missed.</summary>
    public const string MissingReason = "no reason is given in GasTable.cs";

    // Why a bound is missed, by the row; a bound that is met has no business here.
    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["collect"] =
            "46 gas above. It was 31,962 until the domain separator got a function of its own, so that a settlement with a fee computes it\n"
            + "  once for both signatures; that took a settlement with a fee from 80,375 to 79,947, and one row of collect up by 84.",
        ["settle, next, with a loan and a fee"] =
            "the same without a loan is within the bound. The refill reads the slot of loan and balance: 2,100 of\n"
            + "  the difference.",
    };

    /// <summary>Measures everything on a chain of its own and draws the table.</summary>
    public static async Task<string> MeasureAsync()
    {
        await using var network = await GasNetwork.StartAsync();
        List<(string Section, IReadOnlyList<GasRow> Rows)> sections =
        [
            ("Joining", await RegistrationGas.MeasureAsync(network)),
            ("Consumers' money", await ConsumerGas.MeasureAsync(network)),
            ("Paying providers", await SettlementGas.MeasureAsync(network)),
            ("Loans and guarantees", await GuaranteeGas.MeasureAsync(network)),
            ("Recovery", await RecoveryGas.MeasureAsync(network)),
            ("The owner", await OwnerGas.MeasureAsync(network)),
        ];
        return Draw(await network.GetHardforkAsync(), sections);
    }

    private static string Draw(string hardfork, List<(string Section, IReadOnlyList<GasRow> Rows)> sections)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Gas

            Measured, never edited: `{Command}`
            writes this file, and the same test without the variable fails where the file and the contracts differ.

            `gasUsed` of receipts of anvil with the rules of {hardfork}, contracts compiled for cancun without via_ir. Totals are warm (they rise from
            non-zero to non-zero) where a row does not say "first", and receivers have tokens already. The token is a plain OpenZeppelin ERC-20.
            Amounts use 18 decimals. Per row = total ÷ rows, rounded up: the transaction's base cost and its data are in it.

            """);
        foreach (var (section, rows) in sections)
        {
            text.Append(CultureInfo.InvariantCulture, $"""

                ## {section}

                | what | rows | gas, total | gas per row | bound | met | original |
                |---|---:|---:|---:|---:|---|---:|

                """);
            foreach (var row in rows)
            {
                var (bound, met) = row.Bound is { } most ? ($"≤ {most:N0}", row.IsMet ? "yes" : "**no**") : ("", "");
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {row.What} | {row.Rows} | {row.Total:N0} | {row.PerRow:N0} | {bound} | {met} | {row.Original} |\n");
            }
        }
        var missed = sections.SelectMany(section => section.Rows).Where(row => !row.IsMet).ToArray();
        if (missed.Length > 0) text.Append("\n## Bounds that are missed\n\n");
        foreach (var row in missed) text.Append(CultureInfo.InvariantCulture, $"* {row.What}: {Reasons.GetValueOrDefault(row.What, MissingReason)}\n");
        return text.ToString();
    }
}
