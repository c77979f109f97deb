using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Standstill.Measurement.Capability.Runs;

namespace Standstill.Measurement.Capability.Reading;

/// <summary>Reads run files, one after the other, into one set of runs.</summary>
/// <remarks>
/// <para>A fault refuses all files; reading goes on, so that the first <see cref="MostFaults"/> faults are named at once. Text is read
/// line by line: memory holds what is distinct (agents, tasks, kinds of runs), and a hash of each run's name (about 40 bytes a run), by
/// which a run that stands there twice is found. Of a log of Inspect it holds one sample, or, where the log is one JSON document, the
/// scores of all.</para>
/// <para>An object of this type is used once, by one thread.</para>
/// </remarks>
/// <param name="tasks">Lengths and families that go before what the files say; absent where the files say it all.</param>
public sealed class RunFileReader(TaskTable? tasks)
{
    /// <summary>How many faults are named; the rest is counted.</summary>
    public const int MostFaults = 20;

    /// <summary>A place is one number, the file's above the line's, so that a million runs need less memory.</summary>
    private const int NumberBits = 40;

    private readonly RunSetBuilder builder = new();
    private readonly Dictionary<ulong, long> runIds = [];
    private readonly ImmutableArray<RunFileSource>.Builder files = ImmutableArray.CreateBuilder<RunFileSource>();
    private readonly ImmutableArray<RunFileFault>.Builder faults = ImmutableArray.CreateBuilder<RunFileFault>();
    private readonly ArrayBufferWriter<byte> named = new();
    private long faultCount;
    private long rows;
    private string name = "";
    private RunFileFormat form;

    /// <summary>What is worth a note.</summary>
    internal RunNotes Notes { get; } = new();

    /// <summary>Reads one file.</summary>
    /// <param name="stream">Its bytes. An Inspect log in a zip file is read only from a stream that can seek, and from its start.</param>
    /// <param name="file">What to call it in faults.</param>
    /// <param name="format">Its form; absent, it is told from the first bytes.</param>
    public void Read(Stream stream, string file, RunFileFormat? format = null)
    {
        name = file;
        rows = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var peeked = new PeekedStream(stream);
        var first = peeked.Peek();
        if (first.IsEmpty)
        {
            Fault("", new FigureFault("file", "it is empty", "give a file with runs"));
            return;
        }

        if ((format ?? RunFileForm.Of(first)) is not { } told)
        {
            Fault("", RunFileForm.Unknown(first));
            return;
        }

        form = told;
        if (form == RunFileFormat.InspectEval && !stream.CanSeek)
        {
            Fault("", new FigureFault("file", "a zip file cannot be read from a pipe", "give it as a file"));
            return;
        }

        var before = faultCount;
        var hashing = new HashingStream(form == RunFileFormat.InspectEval ? stream : peeked, hash);
        switch (form)
        {
            case RunFileFormat.JsonLines:
                JsonLinesReader.Read(new TextLines(hashing), this);
                break;
            case RunFileFormat.Csv or RunFileFormat.Counts:
                CsvRunReader.Read(new TextLines(hashing), this, form == RunFileFormat.Counts);
                break;
            case RunFileFormat.InspectJson:
                InspectLogReader.ReadJson(hashing, this);
                break;
            default:
                InspectArchive.Read(stream, this);
                stream.Position = 0;
                peeked.Measured(stream.Length);
                break;
        }

        hashing.Drain();
        var source = new RunFileSource(file, form, Convert.ToHexStringLower(hash.GetHashAndReset()), peeked.Length, rows);
        if (files.FirstOrDefault(other => other.Sha256 == source.Sha256) is { } same)
        {
            // One fault says it; that each of its runs stands there twice follows.
            faultCount = before;
            faults.Count = (int)Math.Min(before, MostFaults);
            Fault("", new FigureFault("file", $"it has the same bytes as `{RawRow.Shown(same.Name)}`", "give each file once"));
        }
        else if (rows == 0 && faultCount == before)
        {
            Fault("", new FigureFault("file", "there is no run in it", "give a file with runs"));
        }

        files.Add(source);
    }

    /// <summary>What all files together say.</summary>
    public RunFileReading Finish()
    {
        if (faultCount > 0)
        {
            return new RunFileReading.Refused(faults.ToImmutable(), faultCount);
        }

        var set = builder.Build();
        return new RunFileReading.Read(set, files.ToImmutable(), [.. Notes.Of(set)]);
    }

    /// <summary>Adds a row as it stands in the file.</summary>
    /// <param name="place">Where it stands: `line 17`.</param>
    /// <param name="number">Its line, or which sample of the log it is, from 1.</param>
    /// <param name="raw">The row.</param>
    internal void Add(Func<string> place, long number, RawRow raw)
    {
        rows++;
        if ((Twice(number, raw.Alias, raw.RunId, 'r', "run_id", "keep each run once") ?? Take(raw, 1)) is { } fault)
        {
            Fault(place(), fault);
        }
    }

    /// <summary>Adds so many runs of one agent at one task.</summary>
    internal void Add(Func<string> place, long number, RawRow raw, int runs, int successes)
    {
        rows++;
        var fault = Twice(number, raw.Alias, raw.TaskId, 't', "task_id", "count all runs of an agent at a task in one line");
        foreach (var (score, count) in new[] { (1, successes), (0, runs - successes) })
        {
            if (fault is null && count > 0)
            {
                raw.Score = score;
                fault = Take(raw, count);
            }
        }

        if (fault is not null)
        {
            Fault(place(), fault);
        }
    }

    internal void Fault(string place, FigureFault fault)
    {
        faultCount++;
        if (faults.Count < MostFaults)
        {
            faults.Add(new RunFileFault(name, place, fault));
        }
    }

    private FigureFault? Take(RawRow raw, int count)
    {
        if ((raw.Check(tasks, count, out var row) ?? builder.Add(row!)) is { } fault)
        {
            return fault;
        }

        Notes.Row(row!, raw.EqualWeight, raw.FamilyWeight);
        return null;
    }

    /// <summary>What has a name is known by 64 bits of a hash of agent and name. No run that stands there twice is missed; that two names
    /// are taken for one, and an honest file is refused, has a chance of 3 in 10⁸ at a million runs.</summary>
    private FigureFault? Twice(long number, string? alias, string? id, char kind, string field, string remedy)
    {
        if (id is not { Length: > 0 } || alias is null)
        {
            return null;
        }

        // The length of the alias goes first, so that no two pairs are written alike.
        named.ResetWrittenCount();
        MemoryMarshal.Write(named.GetSpan(sizeof(int)), (alias.Length << 8) | kind);
        named.Advance(sizeof(int));
        Encoding.UTF8.GetBytes(alias, named);
        Encoding.UTF8.GetBytes(id, named);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(named.WrittenSpan, digest);
        ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(runIds, MemoryMarshal.Read<ulong>(digest), out var exists);
        if (exists)
        {
            var file = (int)(first >> NumberBits);
            var what = (file == files.Count ? form : files[file].Format) is RunFileFormat.InspectJson or RunFileFormat.InspectEval ? "sample" : "line";
            var where = file == files.Count ? "" : $" of {files[file].Name}";
            return new FigureFault(
                field,
                $"`{RawRow.Shown(id)}` of `{RawRow.Shown(alias)}` is {what} {(first & ((1L << NumberBits) - 1)).ToString(CultureInfo.InvariantCulture)}{where} already",
                remedy);
        }

        first = ((long)files.Count << NumberBits) | number;
        return null;
    }
}
