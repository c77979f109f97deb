using System.Text.Json;

namespace Standstill.Cli.Tests.Compute;

/// <summary>Tests that read what commands write to the terminal: there is one, so they run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Terminal
{
    public const string Name = "terminal";

    /// <summary>Runs a command in this process.</summary>
    internal static async Task<Answer> RunAsync(params string[] arguments)
    {
        var (output, errors) = (Console.Out, Console.Error);
        using var written = new StringWriter();
        using var said = new StringWriter();
        Console.SetOut(written);
        Console.SetError(said);
        try
        {
            return new Answer(await CommandLine.RunAsync(arguments), written.ToString(), said.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(errors);
        }
    }

    /// <summary>The same, the command being one text without spaces in its words.</summary>
    internal static Task<Answer> SayAsync(string command) => RunAsync(command.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>What a command answered.</summary>
internal sealed record Answer(int Status, string Output, string Errors)
{
    /// <summary>Standard output as one JSON document.</summary>
    public JsonElement Json => JsonElement.Parse(Output);

    /// <summary>The line of a figure or table that begins with some words, its runs of spaces made one.</summary>
    public string Line(string beginning) =>
        Assert.Single(Output.Split('\n').Select(l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries))), l => l.StartsWith(beginning, StringComparison.Ordinal));
}

/// <summary>A directory for one test.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("standstill-compute-").FullName;

    public void Dispose() => Directory.Delete(directory, true);

    public string At(string name) => Path.Combine(directory, name);

    public string Write(string name, string content)
    {
        File.WriteAllText(At(name), content);
        return At(name);
    }
}
