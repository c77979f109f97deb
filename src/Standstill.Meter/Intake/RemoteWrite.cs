using Snappier;
using Standstill.Meter.DeadLetters;

namespace Standstill.Meter.Intake;

/// <summary>Reads a body of Prometheus remote write 1.0: snappy's block format around a `prometheus.WriteRequest`.</summary>
/// <remarks>
/// The hot path: no object and no text is made for a sample of a known series.
/// <code>
/// WriteRequest  1 TimeSeries*   (3 metadata, passed over)
/// TimeSeries    1 Label*  2 Sample*   (3 exemplars, passed over; 4 native histograms, counted as dead letters)
/// Sample        1 double value  2 int64 timestamp, ms
/// </code>
/// Prometheus, prompb/types.proto and remote.proto; a field of value 0 is left out by senders.
/// </remarks>
public static class RemoteWrite
{
    /// <summary>Most bytes of a body.</summary>
    public const int MaximumBody = 8 << 20;

    /// <summary>Most bytes of a message, uncompressed: what a body says is looked at before room is made.</summary>
    public const int MaximumMessage = 32 << 20;

    /// <summary>Most samples of a message.</summary>
    public const int MaximumSamples = 1_000_000;

    /// <summary>The body is not what it should be, as a whole: nothing of it is taken.</summary>
    public static readonly DeadLetterKind Malformed =
        new("remote-write/malformed", "is not a body of remote write 1.0", "send snappy's block format around a `prometheus.WriteRequest`");

    /// <summary>The labels of a series do not name one.</summary>
    public static readonly DeadLetterKind BadLabels =
        new("remote-write/labels", "does not name a series", "send `__name__` and labels that each occur once, within the limits");

    /// <summary>A native histogram, which no quantity of the meter is.</summary>
    public static readonly DeadLetterKind Histogram =
        new("remote-write/histogram", "is a native histogram", "drop it by a `write_relabel_configs` rule: the meter keeps plain samples");

    /// <summary>Bytes of the message in a body, or -1 when the body is not snappy's or the message is too large; then the fault says why.</summary>
    public static int MessageLength(ReadOnlySpan<byte> body, out string? fault)
    {
        try
        {
            var length = Snappy.GetUncompressedLength(body);
            fault = length <= MaximumMessage ? null : $"a message of {length} bytes; {MaximumMessage} are taken: lower `max_samples_per_send`";
            return fault is null ? length : -1;
        }
        catch (InvalidDataException)
        {
            fault = "not snappy's block format";
            return -1;
        }
    }

    /// <summary>Uncompresses a body into a buffer of <see cref="MessageLength"/> bytes.</summary>
    public static bool TryUncompress(ReadOnlySpan<byte> body, Span<byte> message)
    {
        try
        {
            return Snappy.TryDecompress(body, message, out var written) && written == message.Length;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Reads a message's samples.</summary>
    /// <param name="message">The uncompressed message.</param>
    /// <param name="table">Where series are looked up, and added.</param>
    /// <param name="into">Samples of good series, in their order.</param>
    /// <param name="rejected">What was passed over, of a message that is good as a whole.</param>
    /// <returns>What is wrong with the message as a whole, with its place: then nothing of it is to be taken. Null when it is good.</returns>
    public static string? Read(ReadOnlySpan<byte> message, SeriesTable table, SampleBatch into, DeadLetterTally rejected)
    {
        var reader = new ProtobufReader(message);
        while (reader.TryTag(out var tag))
        {
            if (tag == 0x0a)
            {
                if (!reader.TryBytes(out var series) || !TryReadSeries(series, table, into, rejected))
                {
                    return $"a series that cannot be read before byte {reader.Position} of {message.Length}";
                }

                if (into.Count > MaximumSamples)
                {
                    return $"more than {MaximumSamples} samples: lower `max_samples_per_send`";
                }
            }
            else if (!reader.TrySkip(tag))
            {
                return $"field {tag >> 3} cannot be read at byte {reader.Position} of {message.Length}";
            }
        }

        return reader.IsAtEnd ? null : $"no field at byte {reader.Position} of {message.Length}";
    }

    private static bool TryReadSeries(ReadOnlySpan<byte> series, SeriesTable table, SampleBatch into, DeadLetterTally rejected)
    {
        // Senders write the labels first: one run of bytes, which is looked up as it stands.
        var reader = new ProtobufReader(series);
        var labelled = 0;
        uint tag;
        while (reader.TryTag(out tag) && tag == 0x0a)
        {
            if (!reader.TryBytes(out _))
            {
                return false;
            }

            labelled = reader.Position;
        }

        if (!IsWhole(series[labelled..], out var plain))
        {
            return false;
        }

        var labels = plain ? series[..labelled] : Labels(series);
        if (!table.TryIntern(labels, out var id, out var fault))
        {
            rejected.Add(BadLabels, fault, series);
            return true;
        }

        reader = new ProtobufReader(series[labelled..]);
        while (reader.TryTag(out tag))
        {
            if (tag == 0x12)
            {
                if (!reader.TryBytes(out var sample) || !TryReadSample(sample, out var time, out var value))
                {
                    return false;
                }

                into.Add(id, time, value);
            }
            else if (!reader.TrySkip(tag))
            {
                return false;
            }
            else if (tag == 0x22)
            {
                rejected.Add(Histogram, table[id].Name, series);
            }
        }

        return reader.IsAtEnd;
    }

    // The usual series: labels, then one sample of both fields.
    private static bool IsWhole(ReadOnlySpan<byte> rest, out bool plain)
    {
        plain = true;
        var reader = new ProtobufReader(rest);
        while (reader.TryTag(out var tag))
        {
            plain &= tag != 0x0a;
            if (!reader.TrySkip(tag))
            {
                return false;
            }
        }

        return reader.IsAtEnd;
    }

    private static byte[] Labels(ReadOnlySpan<byte> series)
    {
        var labels = new MemoryStream();
        var reader = new ProtobufReader(series);
        var start = 0;
        while (reader.TryTag(out var tag) && reader.TrySkip(tag))
        {
            if (tag == 0x0a)
            {
                labels.Write(series[start..reader.Position]);
            }

            start = reader.Position;
        }

        return labels.ToArray();
    }

    private static bool TryReadSample(ReadOnlySpan<byte> sample, out long time, out double value)
    {
        (time, value) = (0, 0);
        var reader = new ProtobufReader(sample);
        while (reader.TryTag(out var tag))
        {
            if (tag == 0x09)
            {
                if (!reader.TryDouble(out value))
                {
                    return false;
                }
            }
            else if (tag == 0x10)
            {
                if (!reader.TryVarint(out var bits))
                {
                    return false;
                }

                time = unchecked((long)bits);
            }
            else if (!reader.TrySkip(tag))
            {
                return false;
            }
        }

        return reader.IsAtEnd;
    }
}
