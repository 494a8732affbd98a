using System.Text.Json;

namespace AccountantCluster.Chain;

/// <summary>ABI and creation code of a contract, as committed under <c>contracts/abi</c> and embedded in this assembly.</summary>
public sealed class ContractArtifact
{
    private ContractArtifact(JsonElement abi, byte[] bytecode) => (Abi, Bytecode) = (abi, bytecode);

    /// <summary>The accountant's contract. Accountants are deployed by the registry.</summary>
    public static ContractArtifact Accountant { get; } = Load("Accountant");

    /// <summary>The implementation behind consumer channels. Channels are deployed by the registry.</summary>
    public static ContractArtifact ConsumerChannel { get; } = Load("ConsumerChannel");

    /// <summary>The worthless token of development chains.</summary>
    public static ContractArtifact DevelopmentToken { get; } = Load("DevelopmentToken");

    /// <summary>The registry.</summary>
    public static ContractArtifact Registry { get; } = Load("Registry");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ContractArtifact> All { get; } = [Accountant, ConsumerChannel, DevelopmentToken, Registry];

    /// <summary>The ABI: an array of functions, events and errors.</summary>
    public JsonElement Abi { get; }

    /// <summary>The creation code, without constructor arguments.</summary>
    public ReadOnlyMemory<byte> Bytecode { get; }

    /// <summary>The type of a parameter as it stands in a signature: tuples as their fields in parentheses.</summary>
    public static string TypeOf(JsonElement parameter)
    {
        var type = parameter.GetProperty("type").GetString()!;
        return type.StartsWith("tuple", StringComparison.Ordinal)
            ? $"({TypesOf(parameter.GetProperty("components"))}){type["tuple".Length..]}"
            : type;
    }

    /// <summary>The types of several parameters, joined by commas.</summary>
    public static string TypesOf(JsonElement parameters) => string.Join(',', parameters.EnumerateArray().Select(TypeOf));

    private static ContractArtifact Load(string name)
    {
        using var stream = typeof(ContractArtifact).Assembly.GetManifestResourceStream($"abi/{name}.json")
            ?? throw new InvalidOperationException($"The ABI of {name} is not embedded.");
        using var document = JsonDocument.Parse(stream);
        var bytecode = document.RootElement.GetProperty("bytecode").GetString()!;
        return new ContractArtifact(document.RootElement.GetProperty("abi").Clone(), Convert.FromHexString(bytecode.AsSpan(2)));
    }
}
