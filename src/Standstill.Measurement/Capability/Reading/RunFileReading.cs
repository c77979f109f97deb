using System.Collections.Immutable;
using Standstill.Measurement.Capability.Runs;

namespace Standstill.Measurement.Capability.Reading;

/// <summary>The forms in which runs come.</summary>
public enum RunFileFormat
{
    /// <summary>One JSON object a line, one line a run, METR's field names.</summary>
    JsonLines,

    /// <summary>Comma-separated text with the same fields, named in the first line.</summary>
    Csv,

    /// <summary>Comma-separated text with <c>runs</c> and <c>successes</c>, one line for an agent and a task.</summary>
    Counts,

    /// <summary>An evaluation log of Inspect as one JSON document.</summary>
    InspectJson,

    /// <summary>An evaluation log of Inspect as a zip file (<c>.eval</c>).</summary>
    InspectEval,
}

/// <summary>A file that was read.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Format">Its form.</param>
/// <param name="Sha256">SHA-256 of its bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Rows">How many rows (of a log: samples) it has.</param>
public sealed record RunFileSource(string Name, RunFileFormat Format, string Sha256, long Bytes, long Rows);

/// <summary>Where and why a run file was refused.</summary>
/// <param name="File">The file.</param>
/// <param name="Place">The place in it: <c>line 17</c>, <c>sample `x`, epoch 1</c>; empty for the file as a whole.</param>
/// <param name="Fault">The field, what is wrong with it, and the remedy.</param>
public sealed record RunFileFault(string File, string Place, FigureFault Fault)
{
    /// <inheritdoc/>
    public override string ToString() => Place.Length == 0 ? $"{File}: {Fault}" : $"{File}: {Place}, {Fault}";
}

/// <summary>What reading run files gives.</summary>
public abstract record RunFileReading
{
    private RunFileReading()
    {
    }

    /// <summary>The files were read.</summary>
    /// <param name="Set">Their runs.</param>
    /// <param name="Files">The files, in the order of reading.</param>
    /// <param name="Notes">What a careful reader would want to know, one sentence each.</param>
    public sealed record Read(RunSet Set, ImmutableArray<RunFileSource> Files, ImmutableArray<string> Notes) : RunFileReading;

    /// <summary>The files were refused; no row of them counts.</summary>
    /// <param name="Faults">The first faults.</param>
    /// <param name="Total">How many there are.</param>
    public sealed record Refused(ImmutableArray<RunFileFault> Faults, long Total) : RunFileReading;
}
