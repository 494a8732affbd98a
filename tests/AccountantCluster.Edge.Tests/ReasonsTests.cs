using AccountantCluster.Protocol;

namespace AccountantCluster.Edge.Tests;

public class ReasonsTests
{
    private const string Prefix = "REJECTION_REASON_";

    [Fact]
    public void The_wire_and_the_domain_have_the_same_names_and_numbers()
    {
        var wire = Wire.TypesReflection.Descriptor.EnumTypes
            .Single(type => type.Name == "RejectionReason").Values
            .Select(value => (Name: value.Name[Prefix.Length..], value.Number));
        var domain = Enum.GetValues<RejectionReason>()
            .Select(reason => (Name: reason == RejectionReason.None ? "UNSPECIFIED" : reason.ToName(), Number: (int)reason));

        Assert.Equal(wire.OrderBy(value => value.Number), domain.OrderBy(value => value.Number));
    }
}
