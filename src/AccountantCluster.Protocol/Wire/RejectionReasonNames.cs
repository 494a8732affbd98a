using System.Collections.Frozen;
using System.Text;

namespace AccountantCluster.Protocol;

/// <summary>
/// The reasons under the names that logs, metrics, gRPC and docs use: PROMISE_TOO_LOW for <see cref="RejectionReason.PromiseTooLow"/>.
/// </summary>
public static class RejectionReasonNames
{
    private static readonly FrozenDictionary<RejectionReason, string> Names =
        Enum.GetValues<RejectionReason>().ToFrozenDictionary(reason => reason, reason => ToScreamingSnake(reason.ToString()));

    private static readonly FrozenDictionary<string, RejectionReason> Reasons =
        Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The reason's name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not one of the closed set.</exception>
    public static string ToName(this RejectionReason reason) =>
        Names.TryGetValue(reason, out var name) ? name : throw new ArgumentOutOfRangeException(nameof(reason));

    /// <summary>The reason with that name; false when there is none.</summary>
    public static bool TryParse(string? name, out RejectionReason reason)
    {
        reason = RejectionReason.None;
        return name is not null && Reasons.TryGetValue(name, out reason);
    }

    private static string ToScreamingSnake(string pascal)
    {
        var name = new StringBuilder(pascal.Length + 4);
        foreach (var letter in pascal)
        {
            if (char.IsUpper(letter) && name.Length > 0) name.Append('_');
            name.Append(char.ToUpperInvariant(letter));
        }
        return name.ToString();
    }
}
