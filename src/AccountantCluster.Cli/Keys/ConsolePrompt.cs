using System.Security.Cryptography;
using System.Text;

namespace AccountantCluster.Cli.Keys;

/// <summary>Asks on the terminal; the question goes to standard error, so that output can be redirected.</summary>
internal sealed class ConsolePrompt : ISecretPrompt
{
    // Nobody types more; a stuck key must not fill the memory.
    private const int MaxLength = 1_024;

    public byte[]? Ask(string question)
    {
        if (Console.IsInputRedirected) return null;
        Console.Error.Write($"{question}: ");
        var typed = new char[MaxLength];
        try
        {
            var length = Read(typed);
            Console.Error.WriteLine();
            return Encoding.UTF8.GetBytes(typed, 0, length);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(System.Runtime.InteropServices.MemoryMarshal.AsBytes(typed.AsSpan()));
        }
    }

    private static int Read(char[] typed)
    {
        var length = 0;
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter) return length;
            if (key.Key == ConsoleKey.Backspace) length = Math.Max(0, length - 1);
            else if (!char.IsControl(key.KeyChar) && length < MaxLength) typed[length++] = key.KeyChar;
        }
    }
}
