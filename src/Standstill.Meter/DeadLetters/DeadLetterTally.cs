using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Standstill.Meter.DeadLetters;

/// <summary>What was not taken from one document or one batch: everything counted by kind, the first few of each kind kept.</summary>
/// <remarks>Its memory does not grow with the input: a hundred million bad lines are a number and <see cref="KeptOfAKind"/> samples.
/// Not safe for threads: each reader fills its own.</remarks>
public sealed class DeadLetterTally
{
    /// <summary>Samples kept of a kind.</summary>
    public const int KeptOfAKind = 8;

    /// <summary>Bytes of the input that a sample shows at most.</summary>
    public const int SampleBytes = 200;

    private readonly Dictionary<DeadLetterKind, long> _counts = new(ReferenceEqualityComparer.Instance);
    private readonly List<DeadLetter> _kept = [];

    /// <summary>Number of inputs that were not taken.</summary>
    public long Total { get; private set; }

    /// <summary>Counts by kind, in the order of their names.</summary>
    public ImmutableArray<KeyValuePair<DeadLetterKind, long>> Counts => [.. _counts.OrderBy(c => c.Key.Name, StringComparer.Ordinal)];

    /// <summary>The kept samples in the order in which they were found.</summary>
    public ImmutableArray<DeadLetter> Samples => [.. _kept];

    /// <summary>How many of a kind there were.</summary>
    public long this[DeadLetterKind kind] => _counts.GetValueOrDefault(kind);

    /// <summary>Counts an input at a line of a text, and keeps it if it is among the first of its kind.</summary>
    public void AddLine(DeadLetterKind kind, long line, ReadOnlySpan<byte> input)
    {
        if (Count(kind))
        {
            _kept.Add(new DeadLetter(kind, string.Create(CultureInfo.InvariantCulture, $"line {line}"), Excerpt(input)));
        }
    }

    /// <summary>Counts an input at a place, and keeps it if it is among the first of its kind.</summary>
    public void Add(DeadLetterKind kind, string place, ReadOnlySpan<byte> input)
    {
        if (Count(kind))
        {
            _kept.Add(new DeadLetter(kind, place, Excerpt(input)));
        }
    }

    /// <summary>Counts an input that is text, and keeps it if it is among the first of its kind.</summary>
    public void Add(DeadLetterKind kind, string place, string input)
    {
        if (Count(kind))
        {
            _kept.Add(new DeadLetter(kind, place, Excerpt(Encoding.UTF8.GetBytes(input.Length > SampleBytes + 1 ? input[..(SampleBytes + 1)] : input))));
        }
    }

    /// <summary>Counts inputs of which no sample is worth keeping, such as the blanks of an exporter.</summary>
    public void AddCount(DeadLetterKind kind, long count)
    {
        if (count > 0)
        {
            Total += count;
            _counts[kind] = _counts.GetValueOrDefault(kind) + count;
        }
    }

    /// <summary>Adds what another reader could not take.</summary>
    public void Add(DeadLetterTally other)
    {
        foreach (var (kind, count) in other._counts)
        {
            AddCount(kind, count);
        }
        foreach (var letter in other._kept)
        {
            if (_kept.Count(k => ReferenceEquals(k.Kind, letter.Kind)) < KeptOfAKind)
            {
                _kept.Add(letter);
            }
        }
    }

    /// <summary>At most <see cref="SampleBytes"/> bytes as printable text: control characters and bytes that are no UTF-8 as `\x1b`.</summary>
    public static string Excerpt(ReadOnlySpan<byte> input)
    {
        var cut = input.Length > SampleBytes;
        var rest = cut ? input[..SampleBytes] : input;
        var text = new StringBuilder(rest.Length + 3);
        while (!rest.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(rest, out var rune, out var used);
            if (status == System.Buffers.OperationStatus.Done && !Rune.IsControl(rune))
            {
                text.Append(rune);
            }
            else
            {
                foreach (var b in rest[..used])
                {
                    text.Append(CultureInfo.InvariantCulture, $"\\x{b:x2}");
                }
            }
            rest = rest[used..];
        }
        return cut ? text.Append('…').ToString() : text.ToString();
    }

    private bool Count(DeadLetterKind kind)
    {
        Total++;
        var before = _counts.GetValueOrDefault(kind);
        _counts[kind] = before + 1;
        return before < KeptOfAKind;
    }
}
