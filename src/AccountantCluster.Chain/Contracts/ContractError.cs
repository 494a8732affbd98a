using System.Text;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>The reason of a revert: one of the contracts' custom errors, Solidity's own two, or something unknown.</summary>
/// <param name="Name">The error's name: "InvalidSigner"; "Error" and "Panic" are Solidity's; empty where it is unknown.</param>
/// <param name="Arguments">Its arguments as text: numbers in decimal, the rest in hexadecimal.</param>
public sealed record ContractError(string Name, IReadOnlyList<string> Arguments)
{
    private const int SelectorLength = 4;

    private static readonly ContractError Unknown = new("", []);

    private static readonly Lazy<Dictionary<string, (string Name, string[] Types)>> Known = new(ReadKnown);

    /// <summary>Decodes revert data. Never throws: data may come from anybody.</summary>
    public static ContractError Decode(ReadOnlyMemory<byte> revertData)
    {
        if (revertData.Length < SelectorLength) return Unknown;
        var selector = Convert.ToHexString(revertData.Span[..SelectorLength]);
        if (!Known.Value.TryGetValue(selector, out var error)) return Unknown;
        var arguments = new AbiDecoder(revertData[SelectorLength..]);
        try
        {
            return new ContractError(error.Name, [.. error.Types.Select(type => Describe(type, arguments))]);
        }
        catch (AbiException)
        {
            return Unknown;
        }
    }

    /// <summary>Name and arguments.</summary>
    public override string ToString() => Name.Length == 0 ? "no known reason" : $"{Name}({string.Join(", ", Arguments)})";

    private static string Describe(string type, AbiDecoder arguments) => type switch
    {
        "address" => arguments.ReadAddress().ToString(),
        "string" => arguments.ReadString(),
        "bytes32" => arguments.ReadBytes32().ToString(),
        _ => DescribeNumber(arguments.ReadBytes32()),
    };

    // Amounts out of range are above 2^128 by their nature.
    private static string DescribeNumber(Bytes32 word) => word.TryToUInt128(out var number) ? number.ToString() : word.ToString();

    private static Dictionary<string, (string Name, string[] Types)> ReadKnown()
    {
        var known = new Dictionary<string, (string Name, string[] Types)>();
        Add(known, "Error", ["string"]);
        Add(known, "Panic", ["uint256"]);
        // Stands in reports of rows only; the compiler lists what is thrown.
        Add(known, "UnknownChannel", ["address"]);
        foreach (var entry in ContractArtifact.All.SelectMany(artifact => artifact.Abi.EnumerateArray()))
        {
            if (entry.GetProperty("type").GetString() != "error") continue;
            var types = entry.GetProperty("inputs").EnumerateArray().Select(ContractArtifact.TypeOf);
            Add(known, entry.GetProperty("name").GetString()!, [.. types]);
        }
        return known;
    }

    private static void Add(Dictionary<string, (string Name, string[] Types)> known, string name, string[] types)
    {
        var hash = Keccak256.Hash(Encoding.UTF8.GetBytes($"{name}({string.Join(',', types)})")).ToArray();
        known[Convert.ToHexString(hash, 0, SelectorLength)] = (name, types);
    }
}
