using System.Text.Json;
using Standstill.Protocol.Json;
using Standstill.Protocol.Statements;

namespace Standstill.Protocol.Inspections;

/// <summary>What a meter says of one balance area and period: the body of a `compute-digest`.</summary>
/// <param name="Facility">The facility.</param>
/// <param name="Area">The balance area within it.</param>
/// <param name="From">Start of the period, UTC, a whole minute.</param>
/// <param name="To">End of the period, UTC, a whole minute.</param>
/// <param name="Chips">Different accelerators on the roster in the period.</param>
/// <param name="DeadLetters">Samples that were refused or came too late, and are in no sum.</param>
/// <param name="Figures">What follows from the totals of the chunks.</param>
/// <param name="Chunks">Number of chunks.</param>
/// <param name="Root">Root of the <see cref="SumTree"/> over them.</param>
public sealed record PeriodDigest(
    FacilityId Facility,
    string Area,
    DateTimeOffset From,
    DateTimeOffset To,
    long Chips,
    long DeadLetters,
    PeriodFigures Figures,
    int Chunks,
    Digest Root)
{
    private const double MostHours = 1e12;

    /// <summary>The canonical JSON (RFC 8785): what is signed, and what a challenge names by its SHA-256.</summary>
    public byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("facility", Facility.Value);
            writer.WriteString("area", Area);
            writer.WriteString("from", UtcTime.Format(From));
            writer.WriteString("to", UtcTime.Format(To));
            writer.WriteNumber("chips", Chips);
            writer.WriteNumber("busyHours", Figures.BusyHours);
            writer.WriteNumber("lightHours", Figures.LightHours);
            writer.WriteNumber("idleHours", Figures.IdleHours);
            writer.WriteNumber("darkHours", Figures.DarkHours);
            writer.WriteNumber("activeHours", Figures.ActiveHours);
            writer.WriteNumber("energyKilowattHours", Figures.EnergyKilowattHours);
            writer.WriteString("energySource", Words.Of(Figures.EnergySource));
            writer.WriteNumber("trafficBytes", Figures.TrafficBytes);
            writer.WriteNumber("gaps", Figures.Gaps);
            writer.WriteNumber("longestGapSeconds", Figures.LongestGapSeconds);
            writer.WriteNumber("counterResets", Figures.CounterResets);
            writer.WriteNumber("clockStepMilliseconds", Figures.ClockStepMilliseconds);
            writer.WriteNumber("outOfOrder", Figures.OutOfOrder);
            writer.WriteNumber("deadLetters", DeadLetters);
            writer.WriteNumber("samples", Figures.Samples);
            writer.WriteStartArray("features");
            foreach (var feature in Figures.Features)
            {
                writer.WriteStartObject();
                writer.WriteString("name", feature.Name);
                writer.WriteNumber("value", feature.Value);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteNumber("chunks", Chunks);
            writer.WriteString("root", Root.Hex);
            writer.WriteStartArray("missing");
            foreach (var name in Figures.Missing)
            {
                writer.WriteStringValue(name);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return CanonicalJson.Write(JsonElement.Parse(buffer.ToArray()));
    }

    /// <summary>Reads the JSON. Never throws on bad input.</summary>
    public static Parsed<PeriodDigest> Read(ReadOnlyMemory<byte> utf8) =>
        StrictJson.TryParse(utf8, out var json, out var fault) ? Fields.Read(json, "", Read) : Parsed<PeriodDigest>.Bad([fault!]);

    /// <summary>Reads the fields; over no object, lists them.</summary>
    public static PeriodDigest Read(Fields fields)
    {
        var facility = new FacilityId(fields.Name("facility", "facility", "The facility."));
        var area = fields.Name("area", "area", "The balance area within it.");
        var from = fields.Time("from", "Start of the period: a whole minute.");
        var to = fields.Time("to", "End of the period: a whole minute.");
        fields.Require(IsMinute(from) && IsMinute(to) && from < to, "to", "the period is not a whole number of minutes, from before to", "give both ends as whole minutes");
        var chips = fields.Whole("chips", 0, int.MaxValue, "accelerators", "Different accelerators on the roster in the period.");
        var figures = new PeriodFigures
        {
            BusyHours = fields.Number("busyHours", 0, MostHours, "chip-hours", "Tensor activity of at least 1 %, or utilisation of at least 5 % where no tensor counter tells."),
            LightHours = fields.Number("lightHours", 0, MostHours, "chip-hours", "Some activity below that."),
            IdleHours = fields.Number("idleHours", 0, MostHours, "chip-hours", "Telemetry without activity."),
            DarkHours = fields.Number("darkHours", 0, MostHours, "chip-hours", "On the roster, and no sample tells the activity."),
            ActiveHours = fields.Number("activeHours", 0, MostHours, "chip-hours", "Weighted by tensor activity, or utilisation, from 0 to 1."),
            EnergyKilowattHours = fields.Number("energyKilowattHours", 0, MostHours, "kWh", "Energy."),
            EnergySource = fields.Choice<EnergySource>("energySource", "Where the energy comes from."),
            TrafficBytes = fields.Number("trafficBytes", 0, 1e22, "bytes", "NVLink and PCIe traffic."),
            Gaps = fields.Whole("gaps", 0, long.MaxValue, "", "Times that an accelerator went dark."),
            LongestGapSeconds = fields.Number("longestGapSeconds", 0, MostHours, "s", "The longest time that an accelerator's activity was not told."),
            CounterResets = fields.Whole("counterResets", 0, long.MaxValue, "", "Counters that went back."),
            ClockStepMilliseconds = fields.Whole("clockStepMilliseconds", 0, ChunkWindow.MaximumMs, "ms", "The largest step of the meter's clock."),
            OutOfOrder = fields.Whole("outOfOrder", 0, long.MaxValue, "", "Samples late or there twice."),
            Samples = fields.Whole("samples", 0, long.MaxValue, "", "Samples."),
            Features = fields.List("features", 0, 64, "How the accelerators worked.", f => new Feature(
                f.Name("name", "feature", "Its name."), f.Number("value", -1e300, 1e300, "", "Its value."))),
            Missing = fields.Texts("missing", 64, 63, "Quantities that no sample gave."),
        };
        return new PeriodDigest(
            facility,
            area,
            from,
            to,
            chips,
            fields.Whole("deadLetters", 0, long.MaxValue, "", "Samples that were refused or came too late, and are in no sum."),
            figures,
            (int)fields.Whole("chunks", 0, SumTree.MaximumCount, "", "Number of chunks."),
            fields.Digest("root", "Root of the Merkle sum tree over the chunks."));
    }

    /// <summary>Whether a time is a whole minute.</summary>
    internal static bool IsMinute(DateTimeOffset time) => time.UtcTicks % TimeSpan.TicksPerMinute == 0;
}
