namespace AccountantCluster.Protocol.Tests.Signing;

/// <summary>One signature and whether it must be accepted as that signer's, off chain and on chain.</summary>
internal sealed record SignatureCase(string Name, Bytes32 Digest, Address Signer, byte[] Signature, bool Valid);
