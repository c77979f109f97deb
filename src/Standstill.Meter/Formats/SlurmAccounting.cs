using System.Collections.Immutable;
using System.Globalization;
using Standstill.Meter.DeadLetters;

namespace Standstill.Meter.Formats;

/// <summary>What was read from Slurm's accounting.</summary>
/// <param name="Jobs">Runs of jobs, in the order of number and start.</param>
/// <param name="Steps">Job steps that were passed over: their accelerators are their job's.</param>
/// <param name="Rejected">What was not taken, counted by kind.</param>
public sealed record SlurmRecords(ImmutableArray<SlurmJob> Jobs, long Steps, DeadLetterTally Rejected);

/// <summary>Reads what `sacct --parsable2` prints: a line of column names, then a line for each job.</summary>
/// <remarks>
/// <code>
/// TZ=UTC sacct --allusers --duplicates --noconvert --parsable2 --starttime 2026-01-01 \
///   --format JobIDRaw,State,Start,End,ElapsedRaw,AllocTRES,NNodes,Partition,Account,User
/// </code>
/// Needed are JobIDRaw (or JobID), State, Start, End and AllocTRES, in any order, beside any others. Times are in UTC, or seconds since 1970
/// (`SLURM_TIME_FORMAT=%s`), or have an offset. `Unknown` and `None` are no time. With `--duplicates` a requeued job has a line for each run; a run
/// ends at the latest when the next one of its number starts. The count of accelerators is `gres/gpu=N`, or else the sum of the typed `gres/gpu:TYPE=N`.
/// Lines end anywhere that .NET ends lines; a name with `|` in it breaks its line, so leave JobName out.
/// </remarks>
public static class SlurmAccounting
{
    /// <summary>Characters of a line at most.</summary>
    public const int LineLength = 64 * 1024;

    private static readonly DeadLetterKind NoColumns = new("slurm/no-columns", "lacks a column that is needed", "ask for JobIDRaw,State,Start,End,AllocTRES with `--parsable2` and a header");
    private static readonly DeadLetterKind Columns = new("slurm/columns", "has another number of columns than the header", "leave out columns that can have `|` in them, like JobName");
    private static readonly DeadLetterKind TooLong = new("slurm/line-too-long", "is a line of more than 65536 characters", "leave out the long column");
    private static readonly DeadLetterKind BadId = new("slurm/job-id", "has no job number", "ask for JobIDRaw");
    private static readonly DeadLetterKind BadTime = new("slurm/time", "has a time that is none", "run sacct with `TZ=UTC`, or `SLURM_TIME_FORMAT=%s`");
    private static readonly DeadLetterKind Backwards = new("slurm/backwards", "ends before it starts", "check the clocks of the controller and its database");
    private static readonly DeadLetterKind NoEnd = new("slurm/no-end", "has ended, but nobody knows when", "run `sacctmgr show runawayjobs`, and ask for ElapsedRaw");
    private static readonly DeadLetterKind BadTres = new("slurm/tres", "has a count of accelerators that is no number", "run sacct with `--noconvert`");
    private static readonly DeadLetterKind Twice = new("slurm/twice", "is a run that was read already", "read each period once");

    /// <summary>Reads accounting. Any text is read; nothing throws.</summary>
    public static SlurmRecords Read(string text)
    {
        var rejected = new DeadLetterTally();
        var jobs = new Dictionary<(string Id, DateTimeOffset? Start), SlurmJob>();
        Header? header = null;
        long steps = 0;
        var number = 0;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            number++;
            if (raw.IsWhiteSpace())
            {
                continue;
            }
            var place = string.Create(CultureInfo.InvariantCulture, $"line {number}");
            if (raw.Length > LineLength)
            {
                rejected.Add(TooLong, place, raw[..400].ToString());
                continue;
            }
            var line = raw.ToString();
            var cells = line.Split('|');
            if (header is null)
            {
                header = Header.Of(cells);
                if (header is null)
                {
                    rejected.Add(NoColumns, place, line);
                    return new SlurmRecords([], 0, rejected);
                }
                continue;
            }

            var fault = Job(cells, header, out var job);
            if (job is null && fault is null)
            {
                steps++;
            }
            else if (fault is not null)
            {
                rejected.Add(fault, place, line);
            }
            else
            {
                if (jobs.ContainsKey((job!.Id, job.Start)))
                {
                    rejected.Add(Twice, place, line);
                }
                jobs[(job.Id, job.Start)] = job;
            }
        }
        if (header is null)
        {
            rejected.Add(NoColumns, "", "");
        }
        return new SlurmRecords(EndBeforeTheNext(jobs.Values), steps, rejected);
    }

    private static DeadLetterKind? Job(string[] cells, Header header, out SlurmJob? job)
    {
        job = null;
        // `--parsable` ends each line with one more separator.
        if (cells.Length != header.Count && !(cells.Length == header.Count + 1 && cells[^1].Length == 0))
        {
            return Columns;
        }
        string Cell(int column) => column < 0 ? "" : cells[column].Trim();

        var id = Cell(header.Id);
        if (id.Length == 0 || !char.IsAsciiDigit(id[0]))
        {
            return BadId;
        }
        if (id.Contains('.', StringComparison.Ordinal))
        {
            return null;
        }
        if (!Time(Cell(header.Start), out var start) || !Time(Cell(header.End), out var end))
        {
            return BadTime;
        }
        if (!Gpus(Cell(header.Tres), out var gpus, out var types))
        {
            return BadTres;
        }

        var state = Cell(header.State).Split(' ', 2)[0].ToUpperInvariant();
        var read = new SlurmJob(id, state, start, end, gpus, types,
            long.TryParse(Cell(header.Nodes), NumberStyles.None, CultureInfo.InvariantCulture, out var nodes) ? nodes : 0,
            Cell(header.Partition), Cell(header.Account), Cell(header.User));
        if (start is { } started && end is null && !read.Holds)
        {
            if (!Elapsed(Cell(header.Elapsed), out var elapsed) || elapsed > DateTimeOffset.MaxValue - started)
            {
                return NoEnd;
            }
            read = read with { End = started + elapsed };
        }
        if (read.End < read.Start)
        {
            return Backwards;
        }
        job = read;
        return null;
    }

    private static ImmutableArray<SlurmJob> EndBeforeTheNext(IEnumerable<SlurmJob> jobs)
    {
        var sorted = jobs.OrderBy(j => j.Id.Length).ThenBy(j => j.Id, StringComparer.Ordinal).ThenBy(j => j.Start ?? DateTimeOffset.MaxValue).ToArray();
        for (var i = 0; i + 1 < sorted.Length; i++)
        {
            if (sorted[i].Id == sorted[i + 1].Id && sorted[i + 1].Start is { } next && (sorted[i].End is null || sorted[i].End > next))
            {
                sorted[i] = sorted[i] with { End = next };
            }
        }
        return [.. sorted];
    }

    private static bool Time(string text, out DateTimeOffset? time)
    {
        time = null;
        if (text is "" or "Unknown" or "None" or "N/A")
        {
            return true;
        }
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            if (seconds > TextNumber.LastMs / 1000)
            {
                return false;
            }
            time = DateTimeOffset.FromUnixTimeSeconds(seconds);
            return true;
        }
        const DateTimeStyles style = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ssK"], CultureInfo.InvariantCulture, style, out var told))
        {
            return false;
        }
        time = told;
        return true;
    }

    /// <summary>Seconds, or <c>[days-]hours:minutes:seconds</c>.</summary>
    private static bool Elapsed(string text, out TimeSpan elapsed)
    {
        elapsed = default;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        long days = 0;
        if (dash > 0 && !long.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out days))
        {
            return false;
        }
        double seconds = 0;
        foreach (var part in text[(dash + 1)..].Split(':', 5))
        {
            if (part.Length > 12 || !long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var n))
            {
                return false;
            }
            seconds = (seconds * 60) + n;
        }
        seconds += days * 86400.0;
        if (seconds > 1e10)
        {
            return false;
        }
        elapsed = TimeSpan.FromSeconds(seconds);
        return true;
    }

    private static bool Gpus(string tres, out long gpus, out ImmutableArray<(string Type, long Count)> types)
    {
        long? whole = null;
        double typed = 0;
        var found = new SortedDictionary<string, long>(StringComparer.Ordinal);
        (gpus, types) = (0, []);
        foreach (var entry in tres.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? entry : entry[..equals];
            if (name != "gres/gpu" && !name.StartsWith("gres/gpu:", StringComparison.Ordinal))
            {
                continue;
            }
            if (equals < 0 || !Count(entry[(equals + 1)..], out var count))
            {
                return false;
            }
            if (name == "gres/gpu")
            {
                whole = count;
            }
            else
            {
                found[name["gres/gpu:".Length..]] = count;
                typed += count;
            }
        }
        if (typed > MostGpus)
        {
            return false;
        }
        gpus = whole ?? (long)typed;
        types = [.. found.Select(f => (f.Key, f.Value))];
        return true;
    }

    private const double MostGpus = 1e9;

    /// <summary>A whole number; without `--noconvert` Slurm shortens it by powers of 1024: `1.50K`.</summary>
    private static bool Count(string text, out long count)
    {
        count = 0;
        var scale = text.Length == 0 ? 0 : text[^1] switch { 'K' => 1024.0, 'M' => 1048576.0, 'G' => 1073741824.0, _ => 1.0 };
        var digits = scale > 1 ? text.AsSpan(0, text.Length - 1) : text;
        if (!double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }
        value *= scale;
        if (!(value is >= 0 and <= MostGpus) || value != Math.Floor(value))
        {
            return false;
        }
        count = (long)value;
        return true;
    }

    private sealed record Header(int Count, int Id, int State, int Start, int End, int Tres, int Elapsed, int Nodes, int Partition, int Account, int User)
    {
        public static Header? Of(string[] names)
        {
            var count = names.Length > 1 && names[^1].Length == 0 ? names.Length - 1 : names.Length;
            int Column(params ReadOnlySpan<string> any)
            {
                foreach (var name in any)
                {
                    var at = Array.FindIndex(names, n => string.Equals(n.Trim(), name, StringComparison.OrdinalIgnoreCase));
                    if (at >= 0)
                    {
                        return at;
                    }
                }
                return -1;
            }

            var header = new Header(count, Column("JobIDRaw", "JobID"), Column("State"), Column("Start"), Column("End"), Column("AllocTRES"),
                Column("ElapsedRaw", "Elapsed"), Column("NNodes", "AllocNodes"), Column("Partition"), Column("Account"), Column("User"));
            return header is { Id: >= 0, State: >= 0, Start: >= 0, End: >= 0, Tres: >= 0 } ? header : null;
        }
    }
}
