using Standstill.Measurement.Accounting;
using Standstill.Protocol.Balances;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Rules;

/// <summary>Balance areas: what stands there, how they are tested, what their meters and owners say.</summary>
internal static class BalanceRules
{
    private const int MinutesPerYear = 525_600;

    // How many standard deviations of a count are not put down to miscounting.
    private const double CountLimit = 3;

    // Accelerators: a count with a smaller standard deviation is held to the very number.
    private const double LeastDeviation = 1e-6;

    // Below this the slow test needs a limit of many hundred standard deviations, and no table of run lengths reaches there.
    private const int LeastTestedMinutes = 15;

    public static Effect Describe(World world, Statement statement, BalanceAreaBody body, Moment at)
    {
        if (!world.Facilities.ContainsKey((statement.Party, body.Facility)))
        {
            return Effect.Refuse("body.facility", $"`{body.Facility}` is not a facility of `{statement.Party}`", "put it on record first");
        }

        if (!world.Keys.TryGetValue(body.MeterKey, out var key) || key.Party != statement.Party || key.Revoked is not null || !key.Roles.Contains(Role.Compute))
        {
            return Effect.Refuse("body.meterKey", "not a good key of the party with role `compute`", "enrol the meter's key with a `role-key` statement first");
        }

        var id = new AreaKey(statement.Party, body.Facility, body.Area);
        var others = world.AreasOf(statement.Party).Where(a => a.Key != id && !a.Body.Closed).ToArray();
        if (others.Length > 0 && others[0].Body.PeriodMinutes != body.PeriodMinutes)
        {
            return Effect.Refuse("body.periodMinutes", $"{body.PeriodMinutes}, where `{others[0].Key}` has {others[0].Body.PeriodMinutes}", "give all areas of a party one balance period, so that they can be summed");
        }

        var known = world.Areas.GetValueOrDefault(id);
        if (known?.Start is not null && (known.Body.PeriodMinutes != body.PeriodMinutes || known.Body.Accelerator != body.Accelerator))
        {
            return Effect.Refuse("body.area", "period or kind differs from the area whose balances are on record", "close it, and put another area on record");
        }

        if (known?.Line.Design is not null && known.Body.PeriodMinutes != body.PeriodMinutes)
        {
            return Effect.Refuse("body.periodMinutes", $"{body.PeriodMinutes}, where its tests are set for {known.Body.PeriodMinutes}", "close it, and put another area on record");
        }

        var area = known is null ? new BalanceArea { Key = id, Body = body, Since = at } : known with { Body = body, Since = at };
        return Effect.Of(Retuned(Changed(world, known, area), area, at).Summed(statement.Party, at));
    }

    // A party that has given up all its areas may begin others with another period: the sum's tests are tuned to it, or fall away where it
    // is too short for any.
    private static World Retuned(World world, BalanceArea area, Moment at)
    {
        if (area.Body.Closed || world.PartyBalances.GetValueOrDefault(area.Key.Party) is not { Line.Design: { } design } sum || design.Tests.Design.PeriodsPerYear == MinutesPerYear / area.Body.PeriodMinutes)
        {
            return world;
        }

        var next = area.Body.PeriodMinutes < LeastTestedMinutes ? null : design with { Tests = Tuned(design.Body, area.Body.PeriodMinutes), Since = at };
        return world with { PartyBalances = world.PartyBalances.SetItem(area.Key.Party, sum with { Line = sum.Line.Under(next) }) };
    }

    private static BalanceTests Tuned(BalanceDesignBody body, int minutes) =>
        new BalanceDesign(body.Errors, body.Power, body.FalseAlarmsPerYear, MinutesPerYear / minutes).Tuned();

    public static Effect Count(World world, Statement statement, AreaCountedBody body, Moment at)
    {
        if (Find(world, statement, body.Facility, body.Area) is not { } area)
        {
            return NoArea(statement, body.Facility, body.Area);
        }

        if (RefuseTime("body.counted", body.Counted, area, at) is { } refused)
        {
            return refused;
        }

        var expected = area.Stock.On(body.Counted);
        var next = area with { Stock = area.Stock.With(new StockEvent(body.Counted, body.Count, 0, at)), Counted = (body, at) };
        if (area.Stock.IsCounted && body.Count != expected && area.Line.Design is { } design)
        {
            var sigma = design.Body.Errors.Counting * expected;
            var isExact = sigma < LeastDeviation;
            var (apart, limit) = isExact ? (body.Count - expected, 0) : ((body.Count - expected) / sigma, CountLimit);
            if (Math.Abs(apart) > limit)
            {
                next = next with { Line = next.Line.Raise(new AlarmRecord("count", apart, limit, body.Counted, body.Counted, at, null, null)) };
            }
        }

        return Effect.Of(Changed(world, area, next));
    }

    public static Effect Design(World world, Statement statement, BalanceDesignBody body, Moment at)
    {
        if (!world.Parties.ContainsKey(body.Party))
        {
            return Effect.Refuse("body.party", $"`{body.Party}` is not a party of this registry", "name an enrolled party");
        }

        var areas = world.AreasOf(body.Party).Where(a => body.Area is null || (a.Key.Facility == body.Facility && a.Key.Area == body.Area)).ToArray();
        if (areas.Length == 0)
        {
            return Effect.Refuse(body.Area is null ? "body.party" : "body.area", body.Area is null ? $"`{body.Party}` has no balance area" : $"`{body.Party}/{body.Facility}/{body.Area}` is no balance area", "wait until it is on record");
        }

        // A given up area may have had another period than those that are summed now.
        var minutes = (areas.FirstOrDefault(a => !a.Body.Closed) ?? areas[0]).Body.PeriodMinutes;
        if (minutes < LeastTestedMinutes)
        {
            return Effect.Refuse("body.party", $"periods of {minutes} minutes are too short to be tested", $"ask for areas with periods of {LeastTestedMinutes} minutes or more");
        }

        var design = new DesignRecord(statement.Party, body, Tuned(body, minutes), at);
        if (body.Area is not null)
        {
            return Effect.Of(Changed(world, areas[0], areas[0] with { Line = areas[0].Line.Under(design) }));
        }

        var sum = world.PartyBalances.GetValueOrDefault(body.Party) ?? PartyBalance.Empty;
        return Effect.Of(world with { PartyBalances = world.PartyBalances.SetItem(body.Party, sum with { Line = sum.Line.Under(design) }) });
    }

    public static Effect Digest(World world, Statement statement, ComputeDigestBody body, Moment at)
    {
        var period = body.Period;
        if (Find(world, statement, period.Facility, body.Area) is not { } area)
        {
            return NoArea(statement, period.Facility, body.Area);
        }

        if (statement.Key != area.Body.MeterKey)
        {
            return Effect.Refuse("predicate.key", "not the meter's key of this area", "leave digests to the meter, or amend the area with a new meter's key");
        }

        if (RefusePeriod(area, period.From, period.To, area.DigestedTo, at) is { } refused)
        {
            return refused;
        }

        var digest = new DigestRecord(period, at.Entry);
        world = world with { DigestChunks = world.DigestChunks.Add(at.Entry, (statement.Party, period.Chunks)) };
        return Settled(world, area, area with { Start = area.Start ?? period.From, DigestedTo = period.To, Digests = area.Digests.Add(digest), LatestDigest = digest }, at);
    }

    public static Effect Declare(World world, Statement statement, UseDeclaredBody body, Moment at)
    {
        if (Find(world, statement, body.Facility, body.Area) is not { } area)
        {
            return NoArea(statement, body.Facility, body.Area);
        }

        if (RefusePeriod(area, body.From, body.To, area.DeclaredTo, at) is { } refused)
        {
            return refused;
        }

        return body.Uses.FirstOrDefault(u => u.Run is { } run && !world.Runs.Keys.Any(r => r.Item2 == run)) is { Run: { } unknown }
            ? Effect.Refuse("body.uses", $"no run `{unknown}` is on record", "declare the run first")
            : Settled(world, area, area with { Start = area.Start ?? body.From, DeclaredTo = body.To, Uses = area.Uses.Add(body) }, at);
    }

    /// <summary>The world with an area changed, and when it is overdue.</summary>
    public static World Changed(World world, BalanceArea? before, BalanceArea after)
    {
        var isAlarmNews = (before?.Line.IsAlarmed ?? false) != after.Line.IsAlarmed;
        var wasOverdue = world.Overdue.Contains(after.Key);
        var due = before?.Due is { } earlier ? world.DigestsDue.Remove((earlier, after.Key)) : world.DigestsDue;
        var isOverdue = after.Due is { } at && at <= world.Now;
        if (after.Due is { } later && !isOverdue)
        {
            due = due.Add((later, after.Key));
        }

        var next = world with
        {
            Areas = world.Areas.SetItem(after.Key, after),
            AreaNames = world.AreaNames.SetItem(after.Key.Party, (world.AreaNames.GetValueOrDefault(after.Key.Party) ?? []).Add(after.Key)),
            DigestsDue = due,
            Overdue = isOverdue ? world.Overdue.Add(after.Key) : world.Overdue.Remove(after.Key),
        };
        return isAlarmNews || wasOverdue != isOverdue ? next.Refreshed() : next;
    }

    private static Effect Settled(World world, BalanceArea before, BalanceArea after, Moment at)
    {
        var (area, balanced) = after.Settle(at);
        var next = Changed(world, before, area);
        if (balanced.IsEmpty)
        {
            return Effect.Of(next);
        }

        var sum = next.PartyBalances.GetValueOrDefault(area.Key.Party) ?? PartyBalance.Empty;
        return Effect.Of(next.Summed(area.Key.Party, sum.With(area.Key, balanced, next.AreasOf(area.Key.Party), (area.LatestDigest?.Entry).GetValueOrDefault(), at), at));
    }

    private static Effect? RefusePeriod(BalanceArea area, DateTimeOffset from, DateTimeOffset to, DateTimeOffset? reached, Moment at)
    {
        if (area.Body.Closed)
        {
            return Effect.Refuse("body.area", $"`{area.Key}` is given up", "put another area on record");
        }

        if (!area.Stock.IsCounted)
        {
            return Effect.Refuse("body.area", $"`{area.Key}` has never been counted", "send `area-counted` first");
        }

        var expected = reached ?? area.Start;
        if (expected is { } next && from != next)
        {
            return Effect.Refuse("body.from", $"`{UtcTime.Format(from)}` is not where the period before ended, `{UtcTime.Format(next)}`", "send the periods in their order, none left out and none twice");
        }

        if ((from - DateTimeOffset.UnixEpoch).Ticks % area.Period.Ticks != 0 || to - from != area.Period)
        {
            return Effect.Refuse("body.to", $"not one period of {area.Body.PeriodMinutes} minutes that begins at a multiple of it since 1970", "close periods as the area's statement says");
        }

        return to > at.Time
            ? Effect.Refuse("body.to", "lies in the future", "wait until the period is over")
            : null;
    }

    public static Effect? RefuseTime(string place, DateTimeOffset time, BalanceArea area, Moment at) =>
        time > at.Time ? Effect.Refuse(place, "lies in the future", "send it once it has happened")
        : time < area.Stock.Since ? Effect.Refuse(place, $"lies before the first count, of `{UtcTime.Format(area.Stock.Since.Value)}`", "leave it out: the first count holds for the time before it")
        : area.BalancedTo is { } balanced && time < balanced ? Effect.Refuse(place, $"lies in a period that is balanced, up to `{UtcTime.Format(balanced)}`", "send counts and movements before their period is balanced; put a later count on record")
        : null;

    public static BalanceArea? Find(World world, Statement statement, FacilityId facility, AreaId area) =>
        world.Areas.GetValueOrDefault(new AreaKey(statement.Party, facility, area));

    public static Effect NoArea(Statement statement, FacilityId facility, AreaId area) =>
        Effect.Refuse("body.area", $"`{statement.Party}/{facility}/{area}` is no balance area", "put it on record first");
}
