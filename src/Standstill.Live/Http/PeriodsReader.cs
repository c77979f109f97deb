using System.Collections.Immutable;
using System.Text.Json;
using Standstill.Measurement.Accounting;
using Standstill.Protocol;
using Standstill.Protocol.Balances;
using Standstill.Protocol.Json;
using Standstill.Protocol.Statements;

namespace Standstill.Live.Http;

/// <summary>Reads what is sent. Nothing is guessed: a field that is missing, misspelt or out of its bounds is named with its place.</summary>
internal static class PeriodsReader
{
    /// <summary>Periods in one request.</summary>
    public const int MaxPeriods = 10_000;

    /// <summary>Areas in one opening.</summary>
    public const int MaxAreas = 10_000;

    private const double MaxHours = 1e15;

    private static readonly string[] PeriodNames = ["party", "facility", "area", "from", "to", "present", "idle", "down", "declared", "count", "energy"];
    private static readonly string[] DesignNames = ["errors", "power", "falseAlarmsPerYear", "periodsPerYear"];

    /// <summary>Reads `{"periods":[…]}`.</summary>
    public static Parsed<Batch> Periods(ReadOnlyMemory<byte> utf8)
    {
        if (!StrictJson.TryParse(utf8, out var json, out var fault))
        {
            return Parsed<Batch>.Bad([fault!]);
        }

        var unknown = Unknown(json, "", ["periods"]).Concat(Items(json, "periods").SelectMany(p => Unknown(p.Value, p.Place, PeriodNames)
            .Concat(Unknown(Member(p.Value, "energy"), p.Place + ".energy", ["kilowattHours", "active"])))).Take(MaxFaults).ToImmutableArray();
        return unknown.IsEmpty
            ? Fields.Read(json, "", f => new Batch(f.List("periods", 1, MaxPeriods, "the periods", Period)))
            : Parsed<Batch>.Bad(unknown);
    }

    /// <summary>Reads `{"party":…,"design":…,"areas":[…]}`.</summary>
    public static Parsed<PartyOpening> Opening(ReadOnlyMemory<byte> utf8)
    {
        if (!StrictJson.TryParse(utf8, out var json, out var fault))
        {
            return Parsed<PartyOpening>.Bad([fault!]);
        }

        var unknown = Unknown(json, "", ["party", "design", "areas"])
            .Concat(UnknownInDesign(json, ""))
            .Concat(Items(json, "areas").SelectMany(a => Unknown(a.Value, a.Place, ["facility", "area", "from", "design"]).Concat(UnknownInDesign(a.Value, a.Place + "."))))
            .Take(MaxFaults).ToImmutableArray();
        return unknown.IsEmpty ? Fields.Read(json, "", Opening) : Parsed<PartyOpening>.Bad(unknown);
    }

    private const int MaxFaults = 100;

    private static AreaPeriod Period(Fields f)
    {
        var area = new AreaKey(f.Party("party", "the party"), new FacilityId(f.Name("facility", "facility", "the facility")), new AreaId(f.Name("area", "balance area", "the area")));
        return new AreaPeriod(area, new BalancePeriod(
            f.Time("from", "the beginning"),
            f.Time("to", "the end"),
            Hours(f, "present"),
            Hours(f, "idle"),
            Hours(f, "down"),
            Hours(f, "declared"),
            (int)f.Whole("count", 0, 1_000_000, "", "the number of the inventory count in effect"),
            f.ObjectOrNull("energy", "what the energy meter read", e => new EnergyReading(e.Number("kilowattHours", 0, MaxHours, "kWh", "energy"), Hours(e, "active")))));
    }

    private static PartyOpening Opening(Fields f)
    {
        var party = f.Party("party", "the party");
        return new PartyOpening(
            party,
            Design(f),
            f.List("areas", 1, MaxAreas, "the areas", a => new AreaOpening(
                new AreaKey(party, new FacilityId(a.Name("facility", "facility", "the facility")), new AreaId(a.Name("area", "balance area", "the area"))), a.Time("from", "the beginning"), Design(a))));
    }

    private static BalanceDesign Design(Fields f) => f.Object("design", "error model and false-alarm budget", d => new BalanceDesign(
        d.Object("errors", "relative standard deviations", e => new ErrorModel(
            e.Number("random", Smallest, 1, "", "independent from period to period"),
            e.Number("systematic", 0, 1, "", "one bias for the whole sequence"),
            e.Number("counting", 0, 1, "", "one bias for each inventory count"))),
        d.ObjectOrNull("power", "what an accelerator takes", Power),
        d.Number("falseAlarmsPerYear", LeastFalseAlarms, 4, "1/year", "the false-alarm budget"),
        (int)d.Whole("periodsPerYear", 12, MostPeriods, "", "balance periods in a year")));

    private static NodePower Power(Fields p)
    {
        var idle = p.Number("idleKilowatts", 0, 1000, "kW", "power when idle");
        var active = p.Number("activeKilowatts", 0, 1000, "kW", "power when active");
        p.Require(active > idle, "activeKilowatts", "not above `idleKilowatts`", "send the power of a fully active accelerator");
        return new NodePower(
            idle, active > idle ? active : idle + 1, p.Number("random", Smallest, 1, "", "independent from period to period"), p.Number("systematic", 0, 1, "", "one bias for the whole sequence"));
    }

    // As the ledger's own rules for a design: one alarm in a thousand years, and periods of a quarter of an hour, are the least that tests are tuned to.
    private const double LeastFalseAlarms = 0.001;
    private const int MostPeriods = 35_040;

    // Above 0, as the error model asks, and far below any meter's error.
    private const double Smallest = 1e-9;

    private static ChipHours Hours(Fields f, string name) => new(f.Number(name, 0, MaxHours, "chip-hours", name));

    private static IEnumerable<Fault> UnknownInDesign(JsonElement of, string place)
    {
        var design = Member(of, "design");
        return Unknown(design, place + "design", DesignNames)
            .Concat(Unknown(Member(design, "errors"), place + "design.errors", ["random", "systematic", "counting"]))
            .Concat(Unknown(Member(design, "power"), place + "design.power", ["idleKilowatts", "activeKilowatts", "random", "systematic"]));
    }

    private static IEnumerable<Fault> Unknown(JsonElement json, string place, string[] known) =>
        json.ValueKind != JsonValueKind.Object
            ? []
            : json.EnumerateObject().Where(m => !known.Contains(m.Name)).Select(m => new Fault(
                place.Length == 0 ? Shown(m.Name) : place + "." + Shown(m.Name), "unknown field", "use " + string.Join(", ", known.Select(k => $"`{k}`"))));

    private static string Shown(string name) => name.Length <= 40 ? name : name[..40] + "…";

    private static JsonElement Member(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : default;

    private static IEnumerable<(JsonElement Value, string Place)> Items(JsonElement json, string name) =>
        Member(json, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Select((v, i) => (v, FormattableString.Invariant($"{name}[{i}]"))) : [];

    /// <summary>The periods of one request.</summary>
    /// <param name="Periods">In the order in which they were sent.</param>
    internal sealed record Batch(ImmutableArray<AreaPeriod> Periods);
}
