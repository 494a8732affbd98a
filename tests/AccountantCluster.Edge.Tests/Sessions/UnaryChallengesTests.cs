using AccountantCluster.Edge.Tests.Support;
using AccountantCluster.Protocol;

namespace AccountantCluster.Edge.Tests.Sessions;

public class UnaryChallengesTests
{
    private readonly SettableTime _time = new();

    [Fact]
    public void A_full_memory_refuses_and_never_forgets_before_expiry()
    {
        var challenges = new UnaryChallenges(new EdgeLimits { UsedChallenges = 2 }, _time);
        var (first, second, third) = (challenges.Create(), challenges.Create(), challenges.Create());

        Assert.Equal(RejectionReason.None, challenges.Use(first));
        Assert.Equal(RejectionReason.None, challenges.Use(second));
        Assert.Equal(RejectionReason.Overloaded, challenges.Use(third));
        Assert.Equal(RejectionReason.Unauthenticated, challenges.Use(first));

        _time.Ahead = new EdgeLimits().ChallengeLifetime + TimeSpan.FromSeconds(1);
        Assert.Equal(RejectionReason.None, challenges.Use(challenges.Create()));
    }

    [Fact]
    public void A_challenge_that_expires_while_its_signature_is_verified_cannot_be_used_again()
    {
        var challenges = new UnaryChallenges(new EdgeLimits(), _time);
        var challenge = challenges.Create();
        Assert.True(challenges.IsValid(challenge));
        Assert.Equal(RejectionReason.None, challenges.Use(challenge));
        Assert.True(challenges.IsValid(challenge));

        _time.Ahead = new EdgeLimits().ChallengeLifetime + TimeSpan.FromSeconds(1);

        Assert.Equal(RejectionReason.Unauthenticated, challenges.Use(challenge));
    }

    [Fact]
    public void No_bit_of_a_challenge_can_be_changed()
    {
        var challenges = new UnaryChallenges(new EdgeLimits(), _time);
        var challenge = challenges.Create();
        for (var bit = 0; bit < 256; bit++)
        {
            var bytes = challenge.ToArray();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(challenges.IsValid(new Bytes32(bytes)));
        }
    }
}
