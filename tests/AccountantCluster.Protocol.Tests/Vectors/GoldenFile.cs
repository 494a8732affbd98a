using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AccountantCluster.Protocol.Tests.Vectors;

/// <summary>
/// A file of contracts/vectors, which the contracts' tests read too. Compared in every run; written anew where ACCOUNTANT_WRITE_VECTORS is
/// 1.
/// </summary>
internal static class GoldenFile
{
    private static readonly bool Writes = Environment.GetEnvironmentVariable("ACCOUNTANT_WRITE_VECTORS") == "1";

    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Check(string name, IEnumerable<JsonObject> rows)
    {
        var path = Path.Combine(RepositoryFolder(), "contracts", "vectors", name);
        var text = new JsonArray([.. rows]).ToJsonString(Layout) + "\n";
        if (Writes) File.WriteAllText(path, text);
        var stored = File.Exists(path) ? File.ReadAllText(path) : "";
        Assert.True(
            text == stored,
            $"contracts/vectors/{name} is stale: look at what changed and why, then run the tests with ACCOUNTANT_WRITE_VECTORS=1.");
    }

    private static string RepositoryFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AccountantCluster.sln"))) return folder.FullName;
        }
        throw new InvalidOperationException("The tests run outside the repository.");
    }
}
