using System.Collections.Immutable;
using System.Text;
using System.Text.Unicode;
using Standstill.Meter.DeadLetters;

namespace Standstill.Meter.Formats;

/// <summary>A series as it is written, <c>name{label="value",…}</c>, read once and remembered: an exporter writes the same few thousand
/// series in every scrape, so that almost every line costs one look-up and one number.</summary>
/// <remarks>INVARIANT (series): a remembered series was read whole by <see cref="Read"/>; its bytes end where <see cref="End"/> says. Memory is
/// bounded: past <see cref="RememberedBytes"/> everything is forgotten and learnt again. Not safe for threads.</remarks>
internal sealed class SeriesText(bool strict, ImmutableArray<Label> added)
{
    /// <summary>Bytes of series text remembered at most.</summary>
    public const int RememberedBytes = 8 * 1024 * 1024;

    private readonly Dictionary<byte[], Series> _series = new(ByteKeys.Comparer);
    private readonly Dictionary<byte[], string> _strings = new(ByteKeys.Comparer);
    private readonly List<Label> _labels = [];
    private long _remembered;

    public sealed record Series(string Name, ImmutableArray<Label> Labels);

    /// <summary>The series at the start of a line, and the index of the first byte after it.</summary>
    public DeadLetterKind? Read(ReadOnlySpan<byte> line, out Series series, out int end)
    {
        series = null!;
        end = End(line, strict);
        if (end >= 0 && _series.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(line[..end], out var known))
        {
            series = known;
            return null;
        }

        var name = 0;
        while (name < line.Length && IsNameByte(line[name]))
        {
            name++;
        }
        if (name == 0 || char.IsAsciiDigit((char)line[0]))
        {
            return TextFault.MetricName;
        }
        if (end < 0)
        {
            return TextFault.LabelValue;
        }

        var raw = line[..end];
        var braces = name;
        while (!strict && braces < end && IsBlank(line[braces]))
        {
            braces++;
        }
        _labels.Clear();
        if (braces < end)
        {
            if (line[braces] != (byte)'{')
            {
                return TextFault.MetricName;
            }
            if (!Utf8.IsValid(raw))
            {
                return TextFault.NotUtf8;
            }
            if (Labels(line[(braces + 1)..(end - 1)], _labels) is { } fault)
            {
                return fault;
            }
            _labels.RemoveAll(l => l.Value.Length == 0);
        }
        foreach (var label in added)
        {
            // What the source says of itself comes first.
            _ = Insert(_labels, label);
        }

        Remember(raw, series = new Series(Text(line[..name]), [.. _labels]));
        return null;
    }

    /// <summary>Reads the labels between two braces into a list in the order of their names.</summary>
    public DeadLetterKind? Labels(ReadOnlySpan<byte> inner, List<Label> into)
    {
        var i = Skip(inner, 0);
        while (i < inner.Length)
        {
            var start = i;
            while (i < inner.Length && IsNameByte(inner[i]) && inner[i] != (byte)':')
            {
                i++;
            }
            if (i == start)
            {
                return inner[i] == (byte)',' ? TextFault.LabelSeparator : TextFault.LabelName;
            }
            var name = inner[start..i];
            if (char.IsAsciiDigit((char)name[0]) || name.SequenceEqual("__name__"u8))
            {
                return TextFault.LabelName;
            }

            i = Skip(inner, i);
            if (i == inner.Length || inner[i] != (byte)'=')
            {
                return i < inner.Length && inner[i] == (byte)':' ? TextFault.LabelName : TextFault.LabelValue;
            }
            i = Skip(inner, i + 1);
            if (i == inner.Length || inner[i] != (byte)'"')
            {
                return TextFault.LabelValue;
            }
            var close = CloseQuote(inner, i + 1, out var escaped);
            if (close < 0)
            {
                return TextFault.LabelValue;
            }
            var value = inner[(i + 1)..close];
            if (Insert(into, new Label(Text(name), escaped ? Unescape(value) : Text(value))) is { } fault)
            {
                return fault;
            }

            i = Skip(inner, close + 1);
            if (i == inner.Length)
            {
                return null;
            }
            if (inner[i] != (byte)',')
            {
                return TextFault.LabelSeparator;
            }
            i = Skip(inner, i + 1);
            if (i == inner.Length && strict)
            {
                return TextFault.LabelSeparator;
            }
        }
        return null;
    }

    /// <summary>Index after the closing brace, or after the name where there are no labels; negative when a quote or a brace stays open.</summary>
    public static int End(ReadOnlySpan<byte> line, bool strict)
    {
        var i = line.IndexOfAny((byte)'{', (byte)' ', (byte)'\t');
        if (i < 0)
        {
            return line.Length;
        }
        var name = i;
        while (!strict && i < line.Length && IsBlank(line[i]))
        {
            i++;
        }
        if (i == line.Length || line[i] != (byte)'{')
        {
            return name;
        }

        i++;
        while (true)
        {
            var next = line[i..].IndexOfAny((byte)'"', (byte)'}');
            if (next < 0)
            {
                return -1;
            }
            i += next;
            if (line[i] == (byte)'}')
            {
                return i + 1;
            }
            i = CloseQuote(line, i + 1, out _);
            if (i < 0)
            {
                return -1;
            }
            i++;
        }
    }

    public static bool IsNameByte(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'_' or (byte)':';

    public static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t';

    private static int CloseQuote(ReadOnlySpan<byte> text, int from, out bool escaped)
    {
        escaped = false;
        var i = from;
        while (i < text.Length)
        {
            var next = text[i..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
            {
                return -1;
            }
            i += next;
            if (text[i] == (byte)'"')
            {
                return i;
            }
            escaped = true;
            i += 2;
        }
        return -1;
    }

    /// <summary><c>\\</c>, <c>\"</c> and <c>\n</c>; before any other character the backslash stays, as Prometheus reads it.</summary>
    private static string Unescape(ReadOnlySpan<byte> value)
    {
        var bytes = new byte[value.Length];
        var n = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var b = value[i];
            if (b == (byte)'\\' && i + 1 < value.Length)
            {
                var next = value[i + 1];
                if (next is (byte)'\\' or (byte)'"' or (byte)'n')
                {
                    b = next == (byte)'n' ? (byte)'\n' : next;
                    i++;
                }
            }
            bytes[n++] = b;
        }
        return Encoding.UTF8.GetString(bytes.AsSpan(0, n));
    }

    private static DeadLetterKind? Insert(List<Label> into, Label label)
    {
        if (into.Count >= TextFault.LabelLimit)
        {
            return TextFault.LabelTooMany;
        }
        var at = into.Count;
        while (at > 0)
        {
            var order = string.CompareOrdinal(into[at - 1].Name, label.Name);
            if (order == 0)
            {
                return TextFault.LabelTwice;
            }
            if (order < 0)
            {
                break;
            }
            at--;
        }
        into.Insert(at, label);
        return null;
    }

    private int Skip(ReadOnlySpan<byte> text, int i)
    {
        while (!strict && i < text.Length && IsBlank(text[i]))
        {
            i++;
        }
        return i;
    }

    // One string for each name and value that recurs: eight accelerators of a node share a host, a model and a driver.
    private string Text(ReadOnlySpan<byte> bytes)
    {
        var lookup = _strings.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!lookup.TryGetValue(bytes, out var text))
        {
            text = Encoding.UTF8.GetString(bytes);
            Spend(bytes.Length);
            lookup[bytes] = text;
        }
        return text;
    }

    private void Remember(ReadOnlySpan<byte> raw, Series series)
    {
        Spend(raw.Length);
        _series.GetAlternateLookup<ReadOnlySpan<byte>>()[raw] = series;
    }

    private void Spend(int bytes)
    {
        _remembered += bytes + 100;
        if (_remembered > RememberedBytes)
        {
            _series.Clear();
            _strings.Clear();
            _remembered = bytes + 100;
        }
    }
}
