using AccountantCluster.Channels;
using AccountantCluster.Node.Configuration;
using AccountantCluster.Protocol;

namespace AccountantCluster.Node.Tests.Configuration;

/// <summary>What an operator says about consumers that are not registered yet.</summary>
public sealed class OpeningTermsTests
{
    private static readonly Amount Fee = new(7);

    [Fact]
    public void Nothing_is_risked_where_the_operator_says_nothing() => Assert.Equal(OpeningPolicy.Off, OpeningTerms.Open(null, Fee));

    [Fact]
    public void A_limit_of_zero_risks_nothing() =>
        Assert.True(OpeningTerms.Open(new NodeConfiguration.OpeningSection { Limit = "0" }, Fee).IsOff);

    [Fact]
    public void A_section_without_numbers_risks_little()
    {
        var policy = OpeningTerms.Open(new NodeConfiguration.OpeningSection(), Fee);
        var exposure = Amount.Parse(new NodeConfiguration.PolicySection().ExposureLimit);
        Assert.False(policy.IsOff);
        Assert.True(policy.Limit < exposure);
        Assert.True(policy.Limit <= policy.TotalLimit);
        Assert.Equal((Fee, 1_800UL), (policy.RegistrationFee, policy.MinimumSeconds));
    }

    [Theory]
    [InlineData("1.5", "10")]
    [InlineData("10", "much")]
    [InlineData("10", "9")]
    public void What_cannot_be_meant_is_refused(string limit, string totalLimit)
    {
        var section = new NodeConfiguration.OpeningSection { Limit = limit, TotalLimit = totalLimit };
        Assert.Throws<ConfigurationException>(() => OpeningTerms.Open(section, Fee));
    }
}
