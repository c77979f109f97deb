using System.Text.Json.Nodes;
using Standstill.Measurement.Accounting;

namespace Standstill.Live.Tests;

/// <summary>What is sent over HTTP, written field by field as the documentation says it.</summary>
public static class HttpBodies
{
    public static JsonObject Periods(IEnumerable<AreaPeriod> periods) => new() { ["periods"] = new JsonArray([.. periods.Select(Period)]) };

    public static JsonObject Opening(PartyOpening opening) => new()
    {
        ["party"] = opening.Party.Value,
        ["design"] = Design(opening.Design),
        ["areas"] = new JsonArray([.. opening.Areas.Select(a => new JsonObject
        {
            ["facility"] = a.Area.Facility.Value,
            ["area"] = a.Area.Area.Value,
            ["from"] = Time(a.From),
            ["design"] = Design(a.Design),
        })]),
    };

    private static JsonObject Period(AreaPeriod p) => new()
    {
        ["party"] = p.Area.Party.Value,
        ["facility"] = p.Area.Facility.Value,
        ["area"] = p.Area.Area.Value,
        ["from"] = Time(p.Period.From),
        ["to"] = Time(p.Period.To),
        ["present"] = p.Period.Present.Value,
        ["idle"] = p.Period.Idle.Value,
        ["down"] = p.Period.Down.Value,
        ["declared"] = p.Period.Declared.Value,
        ["count"] = p.Period.Count,
        ["energy"] = p.Period.Energy is { } energy ? new JsonObject { ["kilowattHours"] = energy.KilowattHours, ["active"] = energy.Active.Value } : null,
    };

    private static JsonObject Design(BalanceDesign design) => new()
    {
        ["errors"] = new JsonObject { ["random"] = design.Errors.Random, ["systematic"] = design.Errors.Systematic, ["counting"] = design.Errors.Counting },
        ["power"] = design.Power is { } p
            ? new JsonObject { ["idleKilowatts"] = p.IdleKilowatts, ["activeKilowatts"] = p.ActiveKilowatts, ["random"] = p.Random, ["systematic"] = p.Systematic }
            : null,
        ["falseAlarmsPerYear"] = design.FalseAlarmsPerYear,
        ["periodsPerYear"] = design.PeriodsPerYear,
    };

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
