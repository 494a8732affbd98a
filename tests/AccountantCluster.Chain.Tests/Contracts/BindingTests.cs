using System.Reflection;
using System.Text.Json;

namespace AccountantCluster.Chain.Tests.Contracts;

/// <summary>The bindings are written by hand; the ABI comes from the compiler.</summary>
public sealed class BindingTests
{
    public static TheoryData<string, string> Functions
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var (bindings, _) in Bindings)
            {
                foreach (var member in Fields(bindings)) rows.Add(bindings.Name, member.Name);
            }
            return rows;
        }
    }

    public static TheoryData<string> Events
    {
        get
        {
            var rows = new TheoryData<string>();
            foreach (var type in EventTypes()) rows.Add(type.Name);
            return rows;
        }
    }

    private static readonly Dictionary<Type, ContractArtifact> Bindings = new()
    {
        [typeof(TokenAbi)] = ContractArtifact.DevelopmentToken,
        [typeof(RegistryAbi)] = ContractArtifact.Registry,
        [typeof(ConsumerChannelAbi)] = ContractArtifact.ConsumerChannel,
        [typeof(AccountantAbi)] = ContractArtifact.Accountant,
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_is_what_the_compiler_says(string bindings, string field)
    {
        var (type, artifact) = Bindings.Single(entry => entry.Key.Name == bindings);
        var function = (AbiFunction)Fields(type).Single(member => member.Name == field).GetValue(null)!;

        var entry = Entries(artifact, "function").SingleOrDefault(
            candidate => $"{Name(candidate)}({ContractArtifact.TypesOf(candidate.GetProperty("inputs"))})" == function.Signature);

        Assert.NotEqual(JsonValueKind.Undefined, entry.ValueKind);
        Assert.Equal(ContractArtifact.TypesOf(entry.GetProperty("outputs")), function.Returns);
        Assert.Equal(field, Name(entry), ignoreCase: true);
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_is_what_the_compiler_says(string typeName)
    {
        var declaration = Definition(EventTypes().Single(type => type.Name == typeName)).Declaration;

        Assert.Contains(declaration, ContractArtifact.All.SelectMany(artifact => Entries(artifact, "event")).Select(Declaration));
    }

    [Fact]
    public void Every_event_of_the_protocol_has_a_type()
    {
        // The development token's; nothing in the protocol hangs on it.
        string[] unused = ["Approval"];
        var typed = EventTypes().Select(type => Definition(type).Declaration).ToHashSet();

        var missing = ContractArtifact.All
            .SelectMany(artifact => Entries(artifact, "event"))
            .Where(entry => !unused.Contains(Name(entry)) && !typed.Contains(Declaration(entry)))
            .Select(Declaration);

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_function_of_the_protocol_has_a_binding()
    {
        // Contracts call these of each other, nobody else can; and ownership is never renounced.
        string[] unused = ["initialize", "openChannel", "payRegistration", "settleRow", "renounceOwnership"];

        foreach (var (type, artifact) in Bindings.Where(entry => entry.Key != typeof(TokenAbi)))
        {
            var bound = Fields(type).Select(field => ((AbiFunction)field.GetValue(null)!).Signature).ToHashSet();

            var missing = Entries(artifact, "function")
                .Where(entry => !unused.Contains(Name(entry)))
                .Select(entry => $"{Name(entry)}({ContractArtifact.TypesOf(entry.GetProperty("inputs"))})")
                .Where(signature => !bound.Contains(signature));

            Assert.Empty(missing);
        }
    }

    [Fact]
    public void Selectors_and_topics_are_those_that_everybody_knows()
    {
        Assert.Equal("a9059cbb", Convert.ToHexStringLower(TokenAbi.Transfer.Selector.Span));
        Assert.Equal("0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef", TokenTransfer.Definition.Topic.ToString());
    }

    private static IEnumerable<FieldInfo> Fields(Type bindings) =>
        bindings.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.FieldType == typeof(AbiFunction));

    private static IEnumerable<Type> EventTypes() => typeof(IContractEvent<>).Assembly.GetTypes().Where(
        type => type.IsClass && Array.Exists(
            type.GetInterfaces(), face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IContractEvent<>)));

    private static AbiEvent Definition(Type type) =>
        (AbiEvent)type.GetProperty("Definition", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    private static IEnumerable<JsonElement> Entries(ContractArtifact artifact, string kind) =>
        artifact.Abi.EnumerateArray().Where(entry => entry.GetProperty("type").GetString() == kind);

    private static string Name(JsonElement entry) => entry.GetProperty("name").GetString()!;

    private static string Declaration(JsonElement entry)
    {
        var inputs = entry.GetProperty("inputs").EnumerateArray().Select(
            input => ContractArtifact.TypeOf(input) + (input.GetProperty("indexed").GetBoolean() ? " indexed" : ""));
        return $"{Name(entry)}({string.Join(',', inputs)})";
    }
}
