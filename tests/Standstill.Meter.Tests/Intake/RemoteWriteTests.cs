using CsCheck;
using Snappier;
using Standstill.Meter.DeadLetters;
using Standstill.Meter.Intake;

namespace Standstill.Meter.Tests.Intake;

public sealed class RemoteWriteTests
{
    private readonly SeriesTable table = new([new AreaRule("hall-a", [new Label("Hostname", "gpu-node-1")], 60)]);
    private readonly SampleBatch batch = new();
    private readonly DeadLetterTally tally = new();

    private string? Read(WireBody body) => RemoteWrite.Read(body.ToArray(), table, batch, tally);

    private static WireBody Good() => new WireBody()
        .Series(s => s.Label("Hostname", "gpu-node-1").Label("UUID", "GPU-1").Label("__name__", "DCGM_FI_DEV_POWER_USAGE").Sample(1_700_000_000_000, 68.347))
        .Series(s => s.Label("Hostname", "gpu-node-1").Label("__name__", "up").Label("gpu", "3").Sample(1_700_000_000_001, 1).Sample(1_700_000_015_001, 0));

    [Fact]
    public void Samples_labels_and_the_fields_that_senders_leave_out_are_read()
    {
        Assert.Null(Read(Good().Series(s => s.Label("__name__", "zero").Sample(0, 0)).Series(s => s.Label("__name__", "early").Sample(-5, double.NaN))));

        Assert.Equal([0, 1, 1, 2, 3], batch.Series[..batch.Count]);
        Assert.Equal([1_700_000_000_000, 1_700_000_000_001, 1_700_000_015_001, 0, -5], batch.TimeMs[..batch.Count]);
        Assert.Equal([68.347, 1, 0, 0, double.NaN], batch.Value[..batch.Count]);
        Assert.Equal(("DCGM_FI_DEV_POWER_USAGE", "GPU-1", 0), (table[0].Name, table[0].Subject, table[0].Area));
        Assert.Equal(("up", "gpu-node-1/3"), (table[1].Name, table[1].Subject));
        Assert.Equal(AreaRule.Unassigned, table.Areas[table[2].Area].Area);
        Assert.Equal([new Label("Hostname", "gpu-node-1"), new Label("UUID", "GPU-1"), new Label("__name__", "DCGM_FI_DEV_POWER_USAGE")], table[0].Labels);
    }

    [Fact]
    public void The_marker_of_a_series_that_ended_keeps_its_bits()
    {
        Read(new WireBody().Series(s => s.Label("__name__", "up").Sample(1, BitConverter.Int64BitsToDouble(0x7ff0000000000002))));

        Assert.True(StaleMarker.Is(batch.Value[0]));
        Assert.False(StaleMarker.Is(double.NaN));
    }

    [Fact]
    public void The_order_of_labels_and_fields_does_not_make_another_series()
    {
        Read(new WireBody()
            .Series(s => s.Label("__name__", "up").Label("a", "1").Sample(1, 1))
            .Series(s => s.Label("a", "1").Label("__name__", "up").Sample(2, 2))
            .Series(s => s.Sample(3, 3).Label("a", "1").Field(9, [1, 2, 3]).Label("__name__", "up").Label("none", "")));

        Assert.Equal([0, 0, 0], batch.Series[..batch.Count]);
        Assert.Equal(1, table.Count);
    }

    [Fact]
    public void A_series_with_bad_labels_is_a_dead_letter_and_the_others_are_taken()
    {
        Assert.Null(Read(Good()
            .Series(s => s.Label("a", "no name").Sample(1, 1))
            .Series(s => s.Label("__name__", "x").Label("a", "1").Label("a", "2").Sample(1, 1))
            .Series(s => s.Label("__name__", "x").Label("long", new string('x', 5000)).Sample(1, 1))
            .Series(s => s.Label("__name__", "x").Field(1, new WireBody().Field(1, [0xff, 0xfe]).Field(2, [0x41]).ToArray()).Sample(1, 1))
            .Series(s => s.Label("__name__", "x").Label("zero", "a\0b").Sample(1, 1))
            .Series(s =>
            {
                for (var i = 0; i < 65; i++)
                {
                    s.Label($"l{i}", "1");
                }
            })));

        Assert.Equal(3, batch.Count);
        Assert.Equal(6, tally[RemoteWrite.BadLabels]);
    }

    [Fact]
    public void A_native_histogram_is_a_dead_letter_and_the_samples_beside_it_are_taken()
    {
        Assert.Null(Read(new WireBody().Series(s => s.Label("__name__", "h").Field(4, [0x08, 0x01]).Sample(1, 1))));

        Assert.Equal(1, tally[RemoteWrite.Histogram]);
        Assert.Equal(1, batch.Count);
    }

    [Fact]
    public void Metadata_exemplars_and_fields_of_later_versions_are_passed_over()
    {
        Assert.Null(Read(Good().Field(3, [0x08, 0x01, 0x12, 0x01, 0x61]).Series(s => s.Label("__name__", "x").Field(3, [1, 2]).Sample(1, 1)).Field(200, [7])));

        Assert.Equal(4, batch.Count);
    }

    [Fact]
    public void A_message_cut_off_anywhere_is_refused_with_its_place_or_ends_between_two_fields()
    {
        var whole = Good().ToArray();
        var first = new WireBody().Series(s => s.Label("Hostname", "gpu-node-1").Label("UUID", "GPU-1").Label("__name__", "DCGM_FI_DEV_POWER_USAGE").Sample(1_700_000_000_000, 68.347)).ToArray().Length;
        for (var length = 1; length < whole.Length; length++)
        {
            var fault = RemoteWrite.Read(whole.AsSpan(0, length), table, batch, tally);
            Assert.Equal(length == first, fault is null);
            Assert.Contains("byte", fault ?? "byte");
        }
    }

    [Fact]
    public void Changed_bytes_never_stop_the_reader() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Byte).List[1, 12].Sample(
            changes =>
            {
                var body = Good().ToArray();
                foreach (var (at, value) in changes)
                {
                    body[at % body.Length] = value;
                }

                ReadAll(body);
            },
            iter: 20_000,
            seed: "0000KOIPe803");

    [Fact]
    public void Random_bytes_never_stop_the_reader() =>
        Gen.Byte.Array[0, 200].Sample(ReadAll, iter: 20_000, seed: "0000KOIPe803");

    [Fact]
    public void Random_and_changed_snappy_never_stops_the_reader()
    {
        var good = Snappy.CompressToArray(Good().ToArray());
        Gen.Select(Gen.Int[0, 10_000], Gen.Byte).List[0, 6].Select(Gen.Byte.Array[0, 60]).Sample(
            (changes, random) =>
            {
                var body = changes.Count == 0 ? random : [.. good];
                foreach (var (at, value) in changes)
                {
                    body[at % body.Length] = value;
                }

                if (RemoteWrite.MessageLength(body, out var fault) is var length and >= 0 && length < 1 << 20)
                {
                    Assert.Null(fault);
                    var message = new byte[length];
                    if (RemoteWrite.TryUncompress(body, message))
                    {
                        ReadAll(message);
                    }
                }
            },
            iter: 20_000,
            seed: "0000KOIPe803");
    }

    [Fact]
    public void A_body_that_would_become_too_large_is_refused_before_room_is_made()
    {
        var bomb = Snappy.CompressToArray(new byte[RemoteWrite.MaximumMessage + 1]);

        Assert.True(bomb.Length < RemoteWrite.MaximumBody);
        Assert.Equal(-1, RemoteWrite.MessageLength(bomb, out var fault));
        Assert.Contains($"{RemoteWrite.MaximumMessage} are taken", fault);
        Assert.Equal(-1, RemoteWrite.MessageLength([0xff, 0xff, 0xff, 0xff, 0x0f], out _));
        Assert.Equal(-1, RemoteWrite.MessageLength([], out _));
    }

    [Fact]
    public void A_body_that_says_a_length_it_does_not_have_is_refused()
    {
        var body = Snappy.CompressToArray(Good().ToArray());
        body[0]++;

        Assert.False(RemoteWrite.TryUncompress(body, new byte[RemoteWrite.MessageLength(body, out _)]));
    }

    private static void ReadAll(byte[] message)
    {
        var into = new SampleBatch();
        RemoteWrite.Read(message, new SeriesTable([]), into, new DeadLetterTally());
        Assert.True(into.Count <= message.Length);
    }
}
