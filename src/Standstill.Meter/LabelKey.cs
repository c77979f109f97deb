using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Standstill.Meter;

/// <summary>
/// A label set as bytes that identify the series: the labels of a `prometheus.TimeSeries` message, field 1, as a sender that sorts them
/// writes them.
/// </summary>
/// <remarks>
/// <code>
/// 0a length ( 0a length name  12 length value )   for each label, in the order of the names' bytes
/// </code>
/// A body of remote write from Prometheus holds just these bytes, so on the hot path a series is found without reading its labels.
/// </remarks>
public static class LabelKey
{
    /// <summary>Most labels of a series.</summary>
    public const int MaximumLabels = 64;

    /// <summary>Most bytes of a label's name.</summary>
    public const int MaximumName = 256;

    /// <summary>Most bytes of a label's value.</summary>
    public const int MaximumValue = 4096;

    /// <summary>The label that holds the metric's name.</summary>
    public const string Name = "__name__";

    /// <summary>The labels of a key that <see cref="Write"/> wrote.</summary>
    public static ImmutableArray<Label> Read(ReadOnlySpan<byte> key) =>
        TryRead(key, out var labels, out var fault) ? labels : throw new ArgumentException(fault, nameof(key));

    /// <summary>Reads labels in any order, as a sender wrote them.</summary>
    /// <param name="message">The labels' part of a `TimeSeries` message.</param>
    /// <param name="labels">In the order of their names; those with an empty value left out, since that means no label.</param>
    /// <param name="fault">What is wrong, when it is refused.</param>
    public static bool TryRead(ReadOnlySpan<byte> message, out ImmutableArray<Label> labels, [NotNullWhen(false)] out string? fault)
    {
        labels = [];
        var reader = new Intake.ProtobufReader(message);
        var found = ImmutableArray.CreateBuilder<Label>();
        while (reader.TryTag(out var tag))
        {
            if (tag != 0x0a || !reader.TryBytes(out var label))
            {
                fault = "a label is cut off";
                return false;
            }

            if (!TryReadLabel(label, out var read, out fault))
            {
                return false;
            }

            if (read.Value.Length > 0)
            {
                found.Add(read);
            }

            if (found.Count > MaximumLabels)
            {
                fault = $"more than {MaximumLabels} labels";
                return false;
            }
        }

        return TryOrder(found, out labels, out fault);
    }

    /// <summary>Puts labels in order and says whether they name a series.</summary>
    public static bool TryOrder(IEnumerable<Label> given, out ImmutableArray<Label> labels, [NotNullWhen(false)] out string? fault)
    {
        labels = [.. given.Where(l => l.Value.Length > 0).OrderBy(l => l.Name, StringComparer.Ordinal)];
        for (var i = 1; i < labels.Length; i++)
        {
            if (labels[i].Name == labels[i - 1].Name)
            {
                fault = $"the label `{labels[i].Name}` occurs twice";
                return false;
            }
        }

        fault = labels.Length > MaximumLabels ? $"more than {MaximumLabels} labels"
            : labels.Any(l => l.Name == Name) ? labels.Select(Complaint).FirstOrDefault(c => c is not null) : $"no label `{Name}`";
        return fault is null;
    }

    /// <summary>The key of labels that <see cref="TryOrder"/> put in order.</summary>
    public static byte[] Write(ImmutableArray<Label> labels)
    {
        var to = new ArrayBufferWriter<byte>();
        foreach (var label in labels)
        {
            var name = Encoding.UTF8.GetBytes(label.Name);
            var value = Encoding.UTF8.GetBytes(label.Value);
            WriteVarint(to, 0x0a);
            WriteVarint(to, 2 + name.Length + value.Length + Size(name.Length) + Size(value.Length));
            WriteVarint(to, 0x0a);
            WriteVarint(to, name.Length);
            to.Write(name);
            WriteVarint(to, 0x12);
            WriteVarint(to, value.Length);
            to.Write(value);
        }

        return to.WrittenSpan.ToArray();
    }

    private static bool TryReadLabel(ReadOnlySpan<byte> message, out Label label, [NotNullWhen(false)] out string? fault)
    {
        label = default;
        var (name, value) = ("", "");
        var reader = new Intake.ProtobufReader(message);
        while (reader.TryTag(out var tag))
        {
            if (tag is not (0x0a or 0x12))
            {
                if (!reader.TrySkip(tag))
                {
                    fault = "a label is cut off";
                    return false;
                }

                continue;
            }

            if (!reader.TryBytes(out var bytes))
            {
                fault = "a label is cut off";
                return false;
            }

            if (bytes.Length > MaximumValue || !Utf8.IsValid(bytes))
            {
                fault = bytes.Length > MaximumValue ? $"a label longer than {MaximumValue} bytes" : "a label that is not UTF-8";
                return false;
            }

            if (tag == 0x0a)
            {
                name = Encoding.UTF8.GetString(bytes);
            }
            else
            {
                value = Encoding.UTF8.GetString(bytes);
            }
        }

        fault = reader.IsAtEnd ? null : "a label is cut off";
        label = new Label(name, value);
        return fault is null;
    }

    private static string? Complaint(Label label) =>
        label.Name.Length == 0 ? "a label without a name"
        : label.Name.Contains('\0') || label.Value.Contains('\0') ? "a label with a zero byte"
        : Encoding.UTF8.GetByteCount(label.Name) > MaximumName ? $"a label's name longer than {MaximumName} bytes"
        : Encoding.UTF8.GetByteCount(label.Value) > MaximumValue ? $"a label longer than {MaximumValue} bytes"
        : null;

    private static void WriteVarint(ArrayBufferWriter<byte> to, int value)
    {
        var rest = (uint)value;
        for (; rest >= 0x80; rest >>= 7)
        {
            to.Write([(byte)((rest & 0x7f) | 0x80)]);
        }

        to.Write([(byte)rest]);
    }

    private static int Size(int value) => value < 0x80 ? 1 : value < 0x4000 ? 2 : 3;
}
