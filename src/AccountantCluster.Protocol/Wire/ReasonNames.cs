using System.Collections.Frozen;
using System.Text;

namespace AccountantCluster.Protocol;

/// <summary>
/// Closed sets of reasons under the names that logs, metrics, gRPC and docs use: PROMISE_TOO_LOW for <c>PromiseTooLow</c>.
/// </summary>
public static class ReasonNames
{
    /// <summary>The reason's name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not one of the closed set.</exception>
    public static string Of<TReason>(TReason reason)
        where TReason : struct, Enum =>
        Set<TReason>.Names.TryGetValue(reason, out var name) ? name : throw new ArgumentOutOfRangeException(nameof(reason));

    /// <summary>The reason with that name; false when there is none.</summary>
    public static bool TryParse<TReason>(string? name, out TReason reason)
        where TReason : struct, Enum
    {
        reason = default;
        return name is not null && Set<TReason>.Reasons.TryGetValue(name, out reason);
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

    private static class Set<TReason>
        where TReason : struct, Enum
    {
        public static readonly FrozenDictionary<TReason, string> Names =
            Enum.GetValues<TReason>().ToFrozenDictionary(reason => reason, reason => ToScreamingSnake(reason.ToString()));

        public static readonly FrozenDictionary<string, TReason> Reasons =
            Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
