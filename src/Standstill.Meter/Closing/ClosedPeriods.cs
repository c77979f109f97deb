using System.Collections.Immutable;
using System.Globalization;
using Standstill.Meter.Store;
using Standstill.Protocol;
using Standstill.Protocol.Inspections;

namespace Standstill.Meter.Closing;

/// <summary>A closed period: what was said of it, and the chunks that this commits to.</summary>
/// <param name="Digest">The digest.</param>
/// <param name="Chunks">The leaves of its tree.</param>
public sealed record ClosedPeriod(PeriodDigest Digest, IReadOnlyList<ChunkSummary> Chunks)
{
    /// <summary>SHA-256 of the digest's canonical JSON, by which a challenge names it.</summary>
    public Digest Name { get; } = Protocol.Digest.Of(Digest.ToJson());
}

/// <summary>The periods that a meter has closed, in the folder `periods` of its data directory. For one process and one thread.</summary>
/// <remarks>
/// <code>
/// periods/AREA/20261124T1300Z.jsonl   the leaves, one a line; written first
/// periods/AREA/20261124T1300Z.json    the digest, canonical JSON: the period is closed when it is there
/// </code>
/// <para>INVARIANT (closed): a digest file is never written again, and is there only with its leaves durable. A meter killed between the two has not closed the
/// period, and closes it when it is back.</para>
/// <para>INVARIANT (contiguous): an area's periods follow on each other; a meter that was down closes those that it missed, dark.</para>
/// </remarks>
public sealed class ClosedPeriods
{
    private const string TimeFormat = "yyyyMMdd'T'HHmm'Z'";
    private readonly string _root;
    private readonly FacilityId _facility;
    private readonly SortedDictionary<string, SortedDictionary<long, long>> _ends = new(StringComparer.Ordinal);
    private readonly Dictionary<Digest, (string Area, long FromMs)> _names = [];

    /// <summary>Reads what is closed.</summary>
    /// <exception cref="InvalidDataException">A file is not what the meter wrote, or a period is missing between two: the disk or somebody
    /// has changed it, and a meter that went on would contradict what it signed.</exception>
    public ClosedPeriods(string dataDirectory, FacilityId facility)
    {
        _root = Path.Combine(Path.GetFullPath(dataDirectory), "periods");
        _facility = facility;
        Durable.MakeDirectory(_root);
        foreach (var file in Directory.EnumerateFiles(_root, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            Enlist(ReadDigest(file), file);
        }
    }

    /// <summary>The areas with a closed period.</summary>
    public IEnumerable<string> Areas => _ends.Keys;

    /// <summary>Where an area's next period begins, ms; null before its first.</summary>
    public long? NextFromMs(string area) => _ends.TryGetValue(area, out var ends) ? ends.Values.Last() : null;

    /// <summary>Closes a period, durably, and says what it says. A period that is closed already stays as it is, and is what is returned.</summary>
    /// <param name="period">The period as the store sealed it.</param>
    /// <param name="chips">Different accelerators on the roster in it: <see cref="PeriodRoster"/>.</param>
    /// <param name="deadLetters">Samples refused for it.</param>
    /// <exception cref="InvalidOperationException">It does not follow on the area's last period.</exception>
    /// <exception cref="OverflowException">Its totals leave 64 bits.</exception>
    public ClosedPeriod Close(SealedPeriod period, long chips, long deadLetters)
    {
        if (Find(period.Area, period.FromMs) is { } closed)
        {
            return closed;
        }

        if (NextFromMs(period.Area) is { } next && next != period.FromMs)
        {
            throw new InvalidOperationException($"the periods of `{period.Area}` are contiguous: the next begins at {next} ms, not at {period.FromMs} ms");
        }

        var chunks = period.Chunks.Select(c => c.Summary).ToImmutableArray();
        var (root, totals) = SumTree.Root(chunks);
        var digest = new PeriodDigest(
            _facility, period.Area, DateTimeOffset.FromUnixTimeMilliseconds(period.FromMs), DateTimeOffset.FromUnixTimeMilliseconds(period.ToMs),
            chips, deadLetters, PeriodFigures.Of(totals), chunks.Length, root);
        Write(PathOf(period.Area, period.FromMs, ".jsonl"), ChunkLines.Write(chunks));
        Write(PathOf(period.Area, period.FromMs, ".json"), digest.ToJson());
        Enlist(digest, PathOf(period.Area, period.FromMs, ".json"));
        return new ClosedPeriod(digest, chunks);
    }

    /// <summary>A closed period by area and start, or null.</summary>
    /// <exception cref="InvalidDataException">Its files are not what the meter wrote.</exception>
    public ClosedPeriod? Find(string area, long fromMs)
    {
        if (!_ends.TryGetValue(area, out var ends) || !ends.ContainsKey(fromMs))
        {
            return null;
        }

        var digest = ReadDigest(PathOf(area, fromMs, ".json"));
        var file = PathOf(area, fromMs, ".jsonl");
        var chunks = OrDamaged(ChunkLines.Read(File.ReadAllBytes(file)), file);
        return chunks.Count == digest.Chunks && SumTree.Root(chunks).Root == digest.Root
            ? new ClosedPeriod(digest, chunks)
            : throw new InvalidDataException($"`{file}` does not have the root that the digest signed: restore it from a copy");
    }

    /// <summary>The closed period that a challenge names, or null.</summary>
    /// <exception cref="InvalidDataException">Its files are not what the meter wrote.</exception>
    public ClosedPeriod? Find(Digest name) => PlaceOf(name) is var (area, from) ? Find(area, from) : null;

    /// <summary>Area and start of the closed period that a challenge names, or null.</summary>
    public (string Area, long FromMs)? PlaceOf(Digest name) => _names.TryGetValue(name, out var place) ? place : null;

    /// <summary>The starts of an area's closed periods, ms, in order.</summary>
    public IEnumerable<long> Of(string area) => _ends.TryGetValue(area, out var ends) ? ends.Keys : [];

    private void Enlist(PeriodDigest digest, string file)
    {
        var (from, to) = (digest.From.ToUnixTimeMilliseconds(), digest.To.ToUnixTimeMilliseconds());
        if (!_ends.TryGetValue(digest.Area, out var ends))
        {
            _ends[digest.Area] = ends = [];
        }

        if (file != PathOf(digest.Area, from, ".json") || digest.Facility != _facility || (ends.Count > 0 && ends.Values.Last() != from))
        {
            throw new InvalidDataException($"`{file}` is not the period of `{_facility}` that follows on the one before: restore the folder from a copy");
        }

        ends[from] = to;
        _names[Digest.Of(digest.ToJson())] = (digest.Area, from);
    }

    private static PeriodDigest ReadDigest(string file)
    {
        var bytes = File.ReadAllBytes(file);
        var digest = OrDamaged(PeriodDigest.Read(bytes), file);
        return digest.ToJson().AsSpan().SequenceEqual(bytes) ? digest : throw new InvalidDataException($"`{file}` is not as the meter wrote it: restore it from a copy");
    }

    private static T OrDamaged<T>(Parsed<T> read, string file)
        where T : class => read.Value ?? throw new InvalidDataException($"`{file}` is damaged: {read.Faults[0]}");

    private static void Write(string path, byte[] content)
    {
        Durable.MakeDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path + ".new", content);
        Durable.Place(path + ".new", path);
    }

    private string PathOf(string area, long fromMs, string extension) =>
        Path.Combine(_root, area, DateTimeOffset.FromUnixTimeMilliseconds(fromMs).ToString(TimeFormat, CultureInfo.InvariantCulture) + extension);
}
