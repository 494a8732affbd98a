namespace AccountantCluster.Protocol;

/// <summary>
/// The EIP-712 domain that every message of protocol §2 is signed in: one chain and one contract (the accountant's; the registry's for
/// <see cref="RegisterIdentity"/>), so that a signature means nothing anywhere else.
/// </summary>
public sealed class AccountantDomain
{
    /// <summary>The domain's name.</summary>
    public const string Name = "Accountant Pattern";

    /// <summary>The domain's version.</summary>
    public const string Version = "1";

    private static readonly Bytes32 TypeHash =
        StructHasher.TypeHash("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");

    private static readonly Bytes32 NameHash = StructHasher.TypeHash(Name);
    private static readonly Bytes32 VersionHash = StructHasher.TypeHash(Version);

    /// <summary>The domain of one contract on one chain.</summary>
    public AccountantDomain(ulong chainId, Address verifyingContract)
    {
        ChainId = chainId;
        VerifyingContract = verifyingContract;
        var hasher = new StructHasher(stackalloc byte[5 * Bytes32.Length], TypeHash);
        hasher.Add(NameHash);
        hasher.Add(VersionHash);
        hasher.Add(chainId);
        hasher.Add(verifyingContract);
        Separator = hasher.Hash();
    }

    /// <summary>The chain.</summary>
    public ulong ChainId { get; }

    /// <summary>The contract that verifies.</summary>
    public Address VerifyingContract { get; }

    /// <summary>EIP-712 domain separator.</summary>
    public Bytes32 Separator { get; }

    /// <summary>What is signed: keccak256(0x19 ‖ 0x01 ‖ separator ‖ hashStruct(message)).</summary>
    public Bytes32 Digest<T>(in T message)
        where T : struct, ITypedMessage
    {
        Span<byte> preimage = stackalloc byte[2 + (2 * Bytes32.Length)];
        preimage[0] = 0x19;
        preimage[1] = 0x01;
        Separator.CopyTo(preimage[2..]);
        message.HashStruct().CopyTo(preimage[(2 + Bytes32.Length)..]);
        return Keccak256.Hash(preimage);
    }
}
