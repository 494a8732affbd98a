using System.Security.Cryptography;

namespace AccountantCluster.Cli.Keys;

/// <summary>A keystore's password: from a file or from a person, wiped on disposal.</summary>
internal sealed class Password : IDisposable
{
    // A password file is input: whatever is longer is no password.
    private const int MaxLength = 4_096;

    private readonly byte[] _bytes;

    private Password(byte[] bytes) => _bytes = bytes;

    /// <summary>The password's bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The file's content without the line break at its end; without a file a person is asked.</summary>
    /// <exception cref="CommandFailedException">There is no password, or nobody can be asked.</exception>
    public static Password Read(Host host, FileInfo? file, string question) => file is null ? Ask(host, question) : ReadFile(file);

    /// <summary>For a new keystore: a person is asked twice.</summary>
    /// <inheritdoc cref="Read"/>
    public static Password Choose(Host host, FileInfo? file)
    {
        if (file is not null) return ReadFile(file);
        var first = Ask(host, "New password");
        using var second = Ask(host, "The same again");
        if (CryptographicOperations.FixedTimeEquals(first.Bytes, second.Bytes)) return first;
        first.Dispose();
        throw new CommandFailedException("The passwords differ. Nothing was written.");
    }

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);

    private static Password ReadFile(FileInfo file)
    {
        if (!file.Exists) throw new CommandFailedException($"The password file {file.FullName} does not exist.");
        if (file.Length > MaxLength) throw new CommandFailedException($"{file.FullName} is too long for a password.");
        var content = File.ReadAllBytes(file.FullName);
        var length = content.AsSpan().TrimEnd("\r\n"u8).Length;
        var password = content[..length];
        CryptographicOperations.ZeroMemory(content);
        return Checked(password);
    }

    private static Password Ask(Host host, string question) => Checked(
        host.Prompt.Ask(question)
        ?? throw new CommandFailedException("A password is needed and no terminal is there to ask: use --password-file."));

    private static Password Checked(byte[] bytes) =>
        bytes.Length > 0 ? new Password(bytes) : throw new CommandFailedException("The password is empty.");
}
