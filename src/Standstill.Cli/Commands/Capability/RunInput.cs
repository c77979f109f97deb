using System.Collections.Immutable;
using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Standstill.Measurement.Capability;
using Standstill.Measurement.Capability.Reading;
using Standstill.Measurement.Capability.Runs;
using Standstill.Protocol;

namespace Standstill.Cli.Commands.Capability;

/// <summary>Runs that were read, with what identifies the files.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="Files">The files.</param>
/// <param name="Notes">What a careful reader would want to know.</param>
internal sealed record RunFileInput(RunSet Runs, ImmutableArray<RunFileSource> Files, ImmutableArray<string> Notes)
{
    /// <summary>The digests of the files, joined by commas.</summary>
    public string Sha256 => string.Join(',', Files.Select(file => file.Sha256));

    /// <summary>The digests of the files.</summary>
    public ImmutableArray<Digest> Digests => [.. Files.Select(file => Digest.TryParse(file.Sha256, out var digest) ? digest : throw new InvalidOperationException("not a digest"))];

    /// <summary>The text that a seed is made of unless one is given: the digest of the file, or of all digests in order.</summary>
    public string SeedText => Files.Length == 1
        ? Files[0].Sha256
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Files.Select(file => file.Sha256).Order(StringComparer.Ordinal)))));

    public JsonObject Document() => new()
    {
        ["files"] = new JsonArray([.. Files.Select(file => new JsonObject
        {
            ["name"] = Path.GetFileName(file.Name),
            ["sha256"] = file.Sha256,
            ["bytes"] = file.Bytes,
            ["rows"] = file.Rows,
        })]),
        ["runs"] = Runs.RunCount,
        ["agents"] = Runs.Agents.Length,
        ["tasks"] = Runs.Tasks.Length,
        ["families"] = Runs.Families.Length,
        ["notes"] = new JsonArray([.. Notes.Select(note => JsonValue.Create(note))]),
    };
}

/// <summary>Run files as arguments, with the tables that complete them.</summary>
internal sealed class RunInput
{
    private readonly Argument<string[]> files = new("file") { Description = "Run files: JSON lines, CSV, counts, or logs of Inspect; `-` for standard input", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> tasks = new("--tasks") { Description = "A table of tasks (CSV: task_id, task_family, human_minutes), in place of what the files say" };
    private readonly Option<string?> releases = new("--releases") { Description = "Release dates of agents: CSV (alias, release_date), or YAML with a map `date`" };

    public RunInput(Command command)
    {
        command.Add(files);
        command.Add(tasks);
        command.Add(releases);
    }

    /// <summary>The names of the files.</summary>
    public string[] Files(ParseResult parsed)
    {
        var names = parsed.GetValue(files)!;
        return names.FirstOrDefault(name => name.StartsWith("--", StringComparison.Ordinal)) is { } option
            ? throw new UsageException($"`{option}` is no option of `{parsed.CommandResult.Command.Name}`; see its --help")
            : names;
    }

    /// <summary>Whether a table that completes run files is given.</summary>
    public bool HasTables(ParseResult parsed) => parsed.GetValue(tasks) is not null || parsed.GetValue(releases) is not null;

    /// <summary>Reads what the arguments name.</summary>
    /// <exception cref="RefusedException">A file or a table is refused; the message names each fault.</exception>
    public RunFileInput Read(ParseResult parsed)
    {
        var table = parsed.GetValue(tasks) is { } path ? ReadTasks(path) : null;
        var reader = new RunFileReader(table);
        foreach (var file in Files(parsed))
        {
            using var stream = Inputs.Open(file);
            reader.Read(stream, file == "-" ? "standard input" : file);
        }

        switch (reader.Finish())
        {
            case RunFileReading.Refused refused:
                var more = refused.Total - refused.Faults.Length;
                throw new RefusedException([
                    .. refused.Faults.Select(fault => fault.ToString()),
                    .. more > 0 ? [$"and {more} more faults; no row of {(Files(parsed).Length == 1 ? "the file" : "the files")} counts"] : Array.Empty<string>(),
                ]);
            case RunFileReading.Read read:
                return parsed.GetValue(releases) is { } dates ? Dated(read, ReadReleases(dates)) : new RunFileInput(read.Set, read.Files, read.Notes);
            default:
                throw new InvalidOperationException("not a reading");
        }
    }

    private static RunFileInput Dated(RunFileReading.Read read, ImmutableDictionary<string, DateOnly> released)
    {
        var strangers = released.Keys.Except(read.Set.Agents.Select(agent => agent.Alias)).Order(StringComparer.Ordinal).ToList();
        return new RunFileInput(
            read.Set.WithReleases(released),
            read.Files,
            strangers.Count == 0 ? read.Notes : read.Notes.Add($"release dates of agents that are not in the files: {string.Join(", ", strangers.Take(5))}{(strangers.Count > 5 ? " and others" : "")}"));
    }

    private static TaskTable ReadTasks(string path)
    {
        var faults = TaskTable.Read(Inputs.ReadText(path), out var table);
        return table ?? throw Refused(path, faults);
    }

    private static ImmutableDictionary<string, DateOnly> ReadReleases(string path)
    {
        var text = Inputs.ReadText(path);
        if (!path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) && !path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase))
        {
            var faults = ReleaseTable.Read(text, out var released);
            return faults.IsEmpty ? released : throw Refused(path, faults);
        }

        return ReleaseYaml.Read(path, text);
    }

    private static RefusedException Refused(string path, ImmutableArray<TableFault> faults) =>
        new([.. faults.Take(RunFileReader.MostFaults).Select(fault => $"{path}: {fault}")]);
}
