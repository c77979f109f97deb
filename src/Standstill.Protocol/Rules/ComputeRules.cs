using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Rules;

/// <summary>Facilities, inventories, training runs.</summary>
internal static class ComputeRules
{
    public static Effect Describe(World world, Statement statement, FacilityBody body, Moment at)
    {
        var id = (statement.Party, body.Facility);
        var facility = world.Facilities.TryGetValue(id, out var known)
            ? known with { Description = body, Since = at }
            : new Facility(statement.Party, body, at, null, null);
        var names = world.FacilitiesOf.GetValueOrDefault(statement.Party, []);
        return Effect.Of(world with
        {
            Facilities = world.Facilities.SetItem(id, facility),
            FacilitiesOf = world.FacilitiesOf.SetItem(statement.Party, names.Add(body.Facility)),
        });
    }

    public static Effect Count(World world, Statement statement, InventoryBody body, Moment at)
    {
        var id = (statement.Party, body.Facility);
        if (!world.Facilities.TryGetValue(id, out var facility))
        {
            return Effect.Refuse("body.facility", $"`{body.Facility}` is not a facility of `{statement.Party}`", "put it on record first");
        }

        if (body.Counted > DateOnly.FromDateTime(at.Time.UtcDateTime))
        {
            return Effect.Refuse("body.counted", "lies in the future", "count first");
        }

        return facility.Inventory is { } earlier && body.Counted < earlier.Counted
            ? Effect.Refuse("body.counted", $"lies before the count on record, {earlier.Counted:yyyy-MM-dd}", "send counts in the order of their days")
            : Effect.Of((world with { Facilities = world.Facilities.SetItem(id, facility with { Inventory = body, Counted = at }) }).Reckoned(statement.Party));
    }

    public static Effect Declare(World world, Statement statement, RunDeclaredBody body, Moment at) =>
        world.Runs.ContainsKey((statement.Party, body.Run)) ? Effect.Refuse("body.run", $"`{body.Run}` is declared already", "choose another name")
        : !world.Facilities.ContainsKey((statement.Party, body.Facility)) && world.Facilities.Keys.All(f => f.Item2 != body.Facility)
            ? Effect.Refuse("body.facility", $"no party has put a facility `{body.Facility}` on record", "put it on record first")
        : Effect.Of(world with
        {
            Runs = world.Runs.Add((statement.Party, body.Run), new TrainingRun(statement.Party, body, at, 0, null, null)),
        });

    public static Effect Update(World world, Statement statement, RunUpdatedBody body, Moment at) =>
        OpenRun(world, statement, body.Run) is not { } run ? NoSuchRun(statement, body.Run)
        : body.FlopSoFar < run.FlopSoFar ? Effect.Refuse("body.flopSoFar", $"less than the {Json.CanonicalJson.Number(run.FlopSoFar)} on record", "operations done do not fall")
        : Effect.Of(world with { Runs = world.Runs.SetItem((statement.Party, body.Run), run with { FlopSoFar = body.FlopSoFar, Updated = at }) });

    public static Effect Close(World world, Statement statement, RunClosedBody body, Moment at) =>
        OpenRun(world, statement, body.Run) is not { } run ? NoSuchRun(statement, body.Run)
        : body.TotalFlop < run.FlopSoFar ? Effect.Refuse("body.totalFlop", $"less than the {Json.CanonicalJson.Number(run.FlopSoFar)} on record", "operations done do not fall")
        : Effect.Of(world with { Runs = world.Runs.SetItem((statement.Party, body.Run), run with { FlopSoFar = body.TotalFlop, Updated = at, Closed = at }) });

    private static TrainingRun? OpenRun(World world, Statement statement, RunId id) =>
        world.Runs.TryGetValue((statement.Party, id), out var run) && run.Closed is null ? run : null;

    private static Effect NoSuchRun(Statement statement, RunId id) =>
        Effect.Refuse("body.run", $"`{id}` is not an open run of `{statement.Party}`", "declare it first");
}
