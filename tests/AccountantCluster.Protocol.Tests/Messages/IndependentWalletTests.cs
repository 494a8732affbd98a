using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol.Tests.Vectors;

namespace AccountantCluster.Protocol.Tests.Messages;

/// <summary>A wallet that knows nothing of this code signs the same messages with the same keys to the same bytes.</summary>
public sealed class IndependentWalletTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Messages => [.. ProtocolTypes.Messages];

    [Theory, MemberData(nameof(Messages))]
    public async Task Cast_signs_as_we_do(string type)
    {
        var toolchain = await Toolchain.EnsureAsync();
        var vectors = MessageVectors.All.Where(vector => vector.Type == type).ToArray();
        Assert.NotEmpty(vectors);
        foreach (var vector in vectors)
        {
            // The keys are worthless: anybody can derive them.
            var secret = new byte[PrivateKey.Length];
            vector.Key.CopyTo(secret);
            var typedData = ProtocolTypes.TypedData(vector).ToJsonString();
            var sign = new ProcessCommand(
                toolchain.Cast, "wallet", "sign", "--data", typedData, "--private-key", Convert.ToHexStringLower(secret));
            var result = await ManagedProcess.RunAsync(sign, Deadline);
            Assert.Equal(vector.Signature.ToString(), result.OutputOrThrow());
        }
    }
}
