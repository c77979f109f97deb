using System.Text.Json.Nodes;
using Standstill.Measurement.Accounting;
using Standstill.Protocol.Balances;
using Standstill.Protocol.Inspections;
using Standstill.Protocol.Statements;

using static Standstill.Protocol.WorldDocument;

namespace Standstill.Protocol;

/// <summary>Balances, movements and inspections within the world document. A section stands there once a statement has filled it.</summary>
/// <remarks>Of the periods balanced the latest alone is written: the tests' sums and the entries hold what came before.</remarks>
internal static class BalanceDocument
{
    public static void Add(JsonObject document, World world)
    {
        ChangeDocument.Section(document, "balanceAreas", world.Areas.Values, a => Area(a, world.Overdue.Contains(a.Key)));
        ChangeDocument.Section(document, "partyBalances", world.PartyBalances, b => new JsonObject
        {
            ["party"] = b.Key.Value,
            ["balancedTo"] = Time(b.Value.BalancedTo),
            ["counts"] = b.Value.Count,
            ["waiting"] = List(b.Value.Waiting, w => new JsonObject { ["from"] = UtcTime.Format(w.Key), ["areas"] = Names(w.Value.Keys) }),
            ["balance"] = Line(b.Value.Line),
        });
        ChangeDocument.Section(document, "movements", world.Movements, m => new JsonObject
        {
            ["party"] = m.Party.Value,
            ["movement"] = m.Body.Movement.Value,
            ["step"] = Words.Of(m.Body.Step),
            ["counterparty"] = m.Body.Counterparty?.Value,
            ["accelerator"] = m.Body.Accelerator,
            ["count"] = m.Body.Count,
            ["on"] = UtcTime.Format(m.Body.On),
            ["serialsRoot"] = m.Body.SerialsRoot?.Hex,
            ["at"] = At(m.At),
        });
        ChangeDocument.Section(document, "rentalCommitments", world.RentalSets.Values, r => new JsonObject
        {
            ["party"] = r.Party.Value,
            ["from"] = UtcTime.FormatDay(r.Body.From),
            ["to"] = UtcTime.FormatDay(r.Body.To),
            ["commitments"] = List(r.Body.Commitments, c => JsonValue.Create(c.Hex)),
            ["at"] = At(r.At),
        });
        ChangeDocument.Section(document, "inspectionPlans", world.InspectionPlans.Values, p => new JsonObject
        {
            ["plan"] = p.Body.Plan.Value,
            ["inspector"] = p.Inspector.Value,
            ["party"] = p.Body.Party.Value,
            ["from"] = UtcTime.FormatDay(p.Body.From),
            ["to"] = UtcTime.FormatDay(p.Body.To),
            ["visits"] = p.Body.Visits,
            ["challengesPerMonth"] = p.Body.ChallengesPerMonth,
            ["chunksPerChallenge"] = p.Body.ChunksPerChallenge,
            ["cost"] = p.Body.Cost,
            ["at"] = At(p.At),
        });
        ChangeDocument.Section(document, "challenges", world.Challenges.Values, Challenge);
        ChangeDocument.Section(document, "inspectionFindings", world.InspectionFindings, f => new JsonObject
        {
            ["inspector"] = f.Inspector.Value,
            ["party"] = f.Body.Party.Value,
            ["challenge"] = f.Body.Challenge?.Value,
            ["alarms"] = f.Body.Alarms,
            ["area"] = f.Body.Area is { } area ? $"{f.Body.Facility}/{area}" : null,
            ["upTo"] = f.Body.UpTo?.Value,
            ["result"] = Words.Of(f.Body.Result),
            ["at"] = At(f.At),
        });
    }

    private static JsonObject Area(BalanceArea a, bool isOverdue) => new()
    {
        ["area"] = a.Key.ToString(),
        ["accelerator"] = a.Body.Accelerator,
        ["peakFlopPerSecond"] = a.Body.PeakFlopPerSecond,
        ["periodMinutes"] = a.Body.PeriodMinutes,
        ["meterKey"] = a.Body.MeterKey.Text,
        ["closed"] = a.Body.Closed,
        ["since"] = At(a.Since),
        ["counted"] = a.Counted is { } counted ? At(counted.At) : null,
        ["stock"] = new JsonObject
        {
            ["base"] = a.Stock.Base,
            ["counts"] = a.Stock.Counts,
            ["events"] = List(a.Stock.Events, e => new JsonObject { ["on"] = UtcTime.Format(e.On), ["count"] = e.Count, ["change"] = e.Change, ["at"] = At(e.At) }),
        },
        ["start"] = Time(a.Start),
        ["digestedTo"] = Time(a.DigestedTo),
        ["declaredTo"] = Time(a.DeclaredTo),
        ["balancedTo"] = Time(a.BalancedTo),
        ["digestsWaiting"] = List(a.Digests, d => JsonValue.Create(d.Entry.Value)),
        ["overdue"] = isOverdue,
        ["balance"] = Line(a.Line),
    };

    private static JsonObject Line(BalanceLine line) => new()
    {
        ["design"] = line.Design is { } design ? At(design.Since) : null,
        ["periods"] = line.Periods,
        ["latest"] = line.Entries is [.., var latest] ? Entry(latest) : null,
        ["book"] = Book(line.Book),
        ["alarms"] = List(line.Alarms, a => new JsonObject
        {
            ["test"] = a.Test,
            ["statistic"] = a.Statistic,
            ["limit"] = a.Limit,
            ["from"] = UtcTime.Format(a.From),
            ["to"] = UtcTime.Format(a.To),
            ["at"] = At(a.At),
            ["result"] = a.Result is { } result ? Words.Of(result) : null,
            ["found"] = At(a.Found),
        }),
    };

    private static JsonObject Entry(BalanceEntry entry) => new()
    {
        ["from"] = UtcTime.Format(entry.Period.From),
        ["to"] = UtcTime.Format(entry.Period.To),
        ["present"] = entry.Period.Present.Value,
        ["idle"] = entry.Period.Idle.Value,
        ["down"] = entry.Period.Down.Value,
        ["declared"] = entry.Period.Declared.Value,
        ["cuf"] = entry.Period.Cuf.Value,
        ["sigma"] = entry.Reading?.Sigma,
        ["standardised"] = entry.Reading?.Standardised,
        ["energyStandardised"] = entry.Reading?.EnergyStandardised,
        ["digest"] = entry.Digest.Value,
        ["at"] = At(entry.At),
    };

    private static JsonObject Book(AreaBook b) => new()
    {
        ["periods"] = b.Periods,
        ["through"] = Time(b.Through),
        ["count"] = b.Count,
        ["bias"] = Belief(b.Bias),
        ["page"] = new JsonArray(b.Page.Loss, b.Page.Gain, b.Page.SlowLoss, b.Page.SlowGain, b.Page.EnergyHigh, b.Page.EnergyLow),
        ["year"] = new JsonArray(b.Year.Periods, b.Year.Cuf, b.Year.Present, b.Year.Squares, b.Year.CountPresent, b.Year.CountSquares),
        ["energyPeriods"] = b.EnergyPeriods,
        ["energyBias"] = Belief(b.EnergyBias),
    };

    private static JsonArray Belief(BiasBelief b) => new(b.Mean, b.MeterMean, b.Variance, b.Covariance, b.MeterVariance);

    private static JsonObject Challenge(ChallengeRecord c) => new()
    {
        ["challenge"] = c.Body.Challenge.Value,
        ["inspector"] = c.Inspector.Value,
        ["party"] = c.Body.Party.Value,
        ["kind"] = Words.Of(c.Body.Kind),
        ["entry"] = c.Body.Entry.Value,
        ["draw"] = c.Body.Draw,
        ["of"] = c.Population,
        ["checkpointSize"] = c.Body.CheckpointSize,
        ["checkpointRoot"] = c.Body.CheckpointRoot.Hex,
        ["due"] = UtcTime.Format(c.Due),
        ["at"] = At(c.At),
        ["opening"] = c.Answer?.Opening.Hex,
        ["answered"] = At(c.Answered),
        ["result"] = c.Result is { } result ? Words.Of(result) : null,
        ["found"] = At(c.Found),
    };

    private static string? Time(DateTimeOffset? time) => time is { } t ? UtcTime.Format(t) : null;
}
