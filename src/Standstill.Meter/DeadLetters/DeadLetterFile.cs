using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Standstill.Meter.DeadLetters;

/// <summary>How often one kind of input of one source was not taken.</summary>
/// <param name="Source">Where it came from: a target's name, `remote-write`, a file.</param>
/// <param name="Kind">The kind's name.</param>
/// <param name="Count">How often, since the folder was made.</param>
/// <param name="First">When first.</param>
/// <param name="Last">When last.</param>
public sealed record DeadLetterCount(string Source, string Kind, long Count, DateTimeOffset First, DateTimeOffset Last);

/// <summary>The folder of dead letters: everything that the meter did not take, counted by source and kind, and a sample of it as lines of JSON.</summary>
/// <remarks>
/// <code>
/// dead-letters/letters.jsonl     the samples, newest last
/// dead-letters/letters.1.jsonl   the file before it
/// dead-letters/counts.json       all counts, written whole
/// </code>
/// Bounded: each file has at most <see cref="FileBytes"/> bytes, and at most <see cref="Pairs"/> pairs of source and kind are told apart; further sources
/// are counted together. Of each pair the first <see cref="FirstLetters"/> letters are written, and after that one whenever its count has doubled.
/// After a kill the counts are the greater of the saved ones and those in the samples, so that at most the last doubling is lost.
/// A full disk does not stop the meter: letters that could not be written are counted in <see cref="Unwritten"/>. Safe for threads.
/// </remarks>
public sealed class DeadLetterFile
{
    /// <summary>Bytes of a file of samples at most.</summary>
    public const long FileBytes = 1024 * 1024;

    /// <summary>Pairs of source and kind that are told apart.</summary>
    public const int Pairs = 1000;

    /// <summary>Letters of a pair that are written before it is thinned out.</summary>
    public const int FirstLetters = 16;

    private const string OtherSources = "(other sources)";

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly string _letters, _before, _countsFile;
    private readonly Dictionary<(string Source, string Kind), DeadLetterCount> _counts = [];

    /// <summary>Opens the folder, or makes it, and takes up its counts.</summary>
    public DeadLetterFile(string folder, TimeProvider clock)
    {
        Directory.CreateDirectory(folder);
        _clock = clock;
        _letters = Path.Combine(folder, "letters.jsonl");
        _before = Path.Combine(folder, "letters.1.jsonl");
        _countsFile = Path.Combine(folder, "counts.json");
        TakeUp(_countsFile);
        TakeUp(_before);
        TakeUp(_letters);
        MendLastLine();
    }

    /// <summary>Everything that was not taken.</summary>
    public long Total { get; private set; }

    /// <summary>Letters that the disk did not take; they are counted all the same.</summary>
    public long Unwritten { get; private set; }

    /// <summary>All counts, by source and kind.</summary>
    public ImmutableArray<DeadLetterCount> Counts
    {
        get
        {
            lock (_lock)
            {
                return [.. _counts.Values.OrderBy(c => c.Source, StringComparer.Ordinal).ThenBy(c => c.Kind, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Counts what a reader did not take, and writes samples of it.</summary>
    public void Post(string source, DeadLetterTally tally)
    {
        if (tally.Total == 0)
        {
            return;
        }
        lock (_lock)
        {
            var now = _clock.GetUtcNow();
            var lines = new ArrayBufferWriter<byte>();
            foreach (var (kind, added) in tally.Counts)
            {
                var (before, after) = Count(source, kind.Name, added, now);
                var room = Math.Max(FirstLetters - before, Doubled(before, after.Count) ? 1 : 0);
                foreach (var letter in tally.Samples.Where(l => ReferenceEquals(l.Kind, kind)).Take((int)Math.Max(0, room)))
                {
                    WriteLine(lines, after, letter, now);
                }
            }
            Append(lines.WrittenSpan);
        }
    }

    /// <summary>Writes the counts; the meter does so whenever it closes a period.</summary>
    public void Save()
    {
        lock (_lock)
        {
            var buffer = new ArrayBufferWriter<byte>();
            foreach (var count in _counts.Values)
            {
                WriteLine(buffer, count, null, count.Last);
            }
            try
            {
                File.WriteAllBytes(_countsFile + ".new", buffer.WrittenSpan);
                File.Move(_countsFile + ".new", _countsFile, overwrite: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The counts in memory stay right, and the next save writes them.
                Unwritten++;
            }
        }
    }

    private (long Before, DeadLetterCount After) Count(string source, string kind, long added, DateTimeOffset now)
    {
        source = source.Length > 200 ? source[..200] : source;
        if (!_counts.ContainsKey((source, kind)) && _counts.Count >= Pairs)
        {
            source = OtherSources;
        }
        var old = _counts.GetValueOrDefault((source, kind)) ?? new DeadLetterCount(source, kind, 0, now, now);
        var after = old with { Count = old.Count + added, Last = now };
        _counts[(source, kind)] = after;
        Total += added;
        return (old.Count, after);
    }

    private static bool Doubled(long before, long after) => long.Log2(after) > long.Log2(Math.Max(1, before));

    private static void WriteLine(ArrayBufferWriter<byte> into, DeadLetterCount count, DeadLetter? letter, DateTimeOffset now)
    {
        using (var json = new Utf8JsonWriter(into, Readable))
        {
            json.WriteStartObject();
            json.WriteString("time", now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            json.WriteString("source", count.Source);
            json.WriteString("kind", count.Kind);
            json.WriteNumber("count", count.Count);
            if (letter is null)
            {
                json.WriteString("first", count.First.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            }
            else
            {
                json.WriteString("place", letter.Place);
                json.WriteString("input", letter.Sample);
                json.WriteString("message", letter.Kind.Message);
                json.WriteString("remedy", letter.Kind.Remedy);
            }
            json.WriteEndObject();
        }
        into.Write("\n"u8);
    }

    private void Append(ReadOnlySpan<byte> lines)
    {
        if (lines.IsEmpty)
        {
            return;
        }
        try
        {
            if (File.Exists(_letters) && new FileInfo(_letters).Length + lines.Length > FileBytes)
            {
                File.Move(_letters, _before, overwrite: true);
            }
            using var file = new FileStream(_letters, FileMode.Append, FileAccess.Write, FileShare.Read);
            file.Write(lines);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Unwritten++;
        }
    }

    /// <summary>Takes the greatest count of each pair from a file; lines that a kill cut short are passed over.</summary>
    private void TakeUp(string file)
    {
        if (!File.Exists(file))
        {
            return;
        }
        foreach (var line in File.ReadLines(file))
        {
            if (ReadCount(line) is not { } read)
            {
                continue;
            }
            var key = (read.Source, read.Kind);
            if (!_counts.TryGetValue(key, out var known))
            {
                if (_counts.Count >= Pairs + 100)
                {
                    continue;
                }
                known = read with { Count = 0 };
            }
            if (read.Count >= known.Count)
            {
                Total += read.Count - known.Count;
                _counts[key] = read with { First = known.First < read.First ? known.First : read.First };
            }
        }
    }

    private static DeadLetterCount? ReadCount(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("source", out var source) && source.ValueKind == JsonValueKind.String
                && root.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String
                && root.TryGetProperty("count", out var count) && count.TryGetInt64(out var number) && number > 0
                && root.TryGetProperty("time", out var time) && time.TryGetDateTimeOffset(out var last))
            {
                var first = root.TryGetProperty("first", out var f) && f.TryGetDateTimeOffset(out var told) ? told : last;
                return new DeadLetterCount(source.GetString()!, kind.GetString()!, number, first, last);
            }
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>A kill may have cut the last line short; what comes next starts on its own line.</summary>
    private void MendLastLine()
    {
        if (!File.Exists(_letters))
        {
            return;
        }
        using var file = new FileStream(_letters, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        if (file.Length == 0)
        {
            return;
        }
        file.Seek(-1, SeekOrigin.End);
        if (file.ReadByte() != '\n')
        {
            file.Write("\n"u8);
        }
    }
}
