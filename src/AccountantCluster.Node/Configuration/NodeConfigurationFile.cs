using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AccountantCluster.Node.Configuration;

/// <summary>Reads a node's configuration file, strictly: a key that nobody knows is a mistake that could cost money.</summary>
public static class NodeConfigurationFile
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="ConfigurationException">It cannot be read, or says something that makes no sense; the message names what.</exception>
    public static NodeConfiguration Read(string path)
    {
        try
        {
            var options = JsonSerializer.Deserialize<NodeConfiguration>(File.ReadAllBytes(path), Strict)
                ?? throw new ConfigurationException($"{path} is empty.");
            Check(options, "");
            return options;
        }
        catch (JsonException problem)
        {
            throw new ConfigurationException($"{path}: {problem.Message}", problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"Cannot read {path}: {problem.Message}", problem);
        }
    }

    // The library checks one object; sections are objects in it.
    private static void Check(object section, string name)
    {
        var problems = new List<ValidationResult>();
        if (!Validator.TryValidateObject(section, new ValidationContext(section), problems, validateAllProperties: true))
            throw new ConfigurationException($"{(name.Length == 0 ? "Configuration" : name)}: {string.Join(' ', problems.Select(problem => problem.ErrorMessage))}");
        foreach (var property in section.GetType().GetProperties())
        {
            if (property.PropertyType.DeclaringType == typeof(NodeConfiguration) && property.GetValue(section) is { } inner) Check(inner, property.Name);
        }
    }
}
