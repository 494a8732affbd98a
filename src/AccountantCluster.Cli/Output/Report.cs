using System.Text.Json;
using Spectre.Console;

namespace AccountantCluster.Cli.Output;

/// <summary>A command's result: text and tables for people, or one line of JSON for scripts.</summary>
internal sealed class Report(Host host, bool asJson)
{
    // Addresses and hashes must not be broken where no terminal says how wide it is.
    private const int WidthWithoutTerminal = 200;

    /// <summary>One line for people; nothing where a script wants JSON.</summary>
    public void Say(string line)
    {
        if (!asJson) host.Output.WriteLine(line);
    }

    /// <summary>A table for people, or the rows as JSON.</summary>
    public void Table<T>(IReadOnlyList<T> rows, IReadOnlyList<string> columns, Func<T, IReadOnlyList<string>> cells)
    {
        if (asJson)
        {
            Json(rows);
            return;
        }
        Rows(rows, columns, cells);
    }

    /// <summary>A table for people; nothing where a script wants JSON.</summary>
    public void Rows<T>(IReadOnlyList<T> rows, IReadOnlyList<string> columns, Func<T, IReadOnlyList<string>> cells)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in columns) table.AddColumn(new TableColumn(Markup.Escape(column)));
        foreach (var row in rows) table.AddRow([.. cells(row).Select(Markup.Escape)]);
        Write(table);
    }

    /// <summary>One thing with named values, in a table of two columns or as a JSON object.</summary>
    public void Facts(object result, IReadOnlyList<(string Name, string Value)> facts)
    {
        if (asJson)
        {
            Json(result);
            return;
        }
        Lines(facts);
    }

    /// <summary>Named values for people, in a table of two columns; nothing where a script wants JSON.</summary>
    public void Lines(IReadOnlyList<(string Name, string Value)> facts)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders();
        table.AddColumn("name");
        table.AddColumn("value");
        foreach (var (name, value) in facts) table.AddRow(Markup.Escape(name), Markup.Escape(value));
        Write(table);
    }

    /// <summary>One line of JSON, only where a script wants it.</summary>
    public void Json(object result)
    {
        if (asJson) host.Output.WriteLine(JsonSerializer.Serialize(result, JsonText.Line));
    }

    /// <summary>Anything that Spectre draws; nothing where a script wants JSON.</summary>
    public void Write(Spectre.Console.Rendering.IRenderable drawing)
    {
        if (asJson) return;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(host.Output),
            Ansi = host.IsInteractive ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = InteractionSupport.No,
        });
        if (!host.IsInteractive) console.Profile.Width = WidthWithoutTerminal;
        console.Write(drawing);
    }
}
