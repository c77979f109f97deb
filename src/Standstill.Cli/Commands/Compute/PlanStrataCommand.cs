using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Standstill.Cli.Commands.Pacts;
using Standstill.Measurement;
using Standstill.Measurement.Sampling;
using Standstill.Protocol;

namespace Standstill.Cli.Commands.Compute;

/// <summary>`standstill compute plan strata`: what to look at in each of several strata under one budget, and when.</summary>
internal static class PlanStrataCommand
{
    private static readonly string[] Schemes = ["one-per-interval", "periodic", "independent", "poisson"];

    public static Command Make()
    {
        var file = new Argument<string>("file") { Description = $"CSV with the columns `{StrataFile.Header}`, or a JSON list of objects with these names; `-` for standard input" };
        var budget = new Option<double>("--budget") { Description = "Of one visit, in the unit of the costs", Required = true };
        var goal = new Option<int>("--goal") { Description = "The goal amount, in the unit of the worths", Required = true };
        var visits = new Option<int?>("--visits") { Description = "How many visits there are; with --from, --to and --days" };
        var from = new Option<string?>("--from") { Description = "First day of the plan, `2026-01-01`" };
        var to = new Option<string?>("--to") { Description = "Its last day" };
        var days = new Option<double?>("--days") { Description = "How many days a diversion lasts: a visit within them can find it" };
        var schedule = new Option<string>("--schedule") { Description = $"How the dates are chosen: {string.Join(", ", Schemes)}", DefaultValueFactory = _ => Schemes[0] };
        schedule.CompletionSources.Add(_ => Schemes.Select(s => new System.CommandLine.Completions.CompletionItem(s)));
        var seed = new Option<string?>("--seed") { Description = "Draw the dates: any text, such as the root hash of a later checkpoint; they follow from its SHA-256" };
        var party = new Option<string?>("--party") { Description = "For the statement: who is inspected; strata are then named `facility/area`" };
        var plan = new Option<string?>("--plan") { Description = "For the statement: the plan's name in the registry" };
        var challenges = new Option<int>("--challenges-per-month") { Description = "For the statement: challenges of digests in 30 days" };
        var chunks = new Option<int>("--chunks") { Description = "For the statement: chunks that are opened at each challenge" };
        var unit = new Option<string>("--unit") { Description = "For the statement: what the costs are in", DefaultValueFactory = _ => "inspector-days" };
        var json = Inputs.Json();
        var sending = Sending.Make();
        sending.Key.Description = "An inspector's private key: sign and send the `inspection-plan`";
        var sender = new Option<string?>("--as") { Description = "With --key: who says it" };
        var command = new Command("strata", """
            What to look at in each of several strata under one budget, so that the diversion that is found least is found most

            The diverter knows the sizes and the scheme of the dates, and takes what is seen least at the worst time. Its answer
            is exact. Without --visits the plan is for one visit. Dates are shown only with --seed.

            Examples:
              standstill compute plan strata strata.csv --budget 1200 --goal 100
              standstill compute plan strata strata.csv --budget 150 --goal 60 --visits 12 --from 2026-01-01 --to 2026-12-31 --days 60
              standstill compute plan strata halls.csv --budget 150 --goal 60 --visits 12 --from 2026-01-01 --to 2026-12-31 --days 60
                --party sample-birch --plan year-2026 --body plan.json
            """) { file, budget, goal, visits, from, to, days, schedule, seed, party, plan, challenges, chunks, unit, json, sender, sending.Body, sending.Key, sending.Node };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(file)!;
            var strata = StrataFile.Read(path);
            var (spend, target) = (parsed.GetValue(budget), parsed.GetValue(goal));
            if (StrataGame.Fault(strata, target) is { } fault)
            {
                throw new UsageException(fault.Field == "goal" ? $"--{fault}" : $"`{path}`: {fault}");
            }

            if (!(spend >= 0 && double.IsFinite(spend)))
            {
                throw new UsageException($"--budget: `{Figures.Text(spend)}` is not a budget of 0 or more");
            }

            var says = parsed.GetValue(sending.Body) is not null || parsed.GetValue(sending.Key) is not null;
            if (parsed.GetValue(visits) is not { } count)
            {
                if (says || parsed.GetValue(seed) is not null || parsed.GetValue(days) is not null || parsed.GetValue(from) is not null || parsed.GetValue(to) is not null)
                {
                    throw new UsageException("--visits: say how many; --from, --to, --days, --seed and a statement are about a plan of visits");
                }

                var one = StrataPlan.Best(strata, spend, target);
                if (parsed.GetValue(json))
                {
                    Output.Json(Document(strata, one, target));
                }
                else
                {
                    Print(strata, one, target);
                }

                return Exit.Good;
            }

            var stretch = Stretch(parsed.GetValue(from), parsed.GetValue(to));
            var length = Figures.Positive("--days", parsed.GetValue(days) ?? throw new UsageException("--days: say how long a diversion lasts"));
            if (length > 36_500)
            {
                throw new UsageException($"--days: `{Figures.Text(length)}` is more than a hundred years");
            }

            Figures.Whole("--visits", count, 1, 1000);
            var scheme = Scheme(parsed.GetValue(schedule)!, count, stretch.To - stretch.From);
            var drawn = new Seed(Protocol.Digest.Of(Encoding.UTF8.GetBytes(parsed.GetValue(seed) ?? "")).ToBytes());
            var made = InspectionPlan.Make(strata, spend, target, scheme, TimeSpan.FromDays(length), drawn, stretch.From, stretch.To);
            var sizes = StrataPlan.Best(strata, spend, target);
            if (parsed.GetValue(json))
            {
                var document = Document(strata, sizes, target);
                document["visits"] = count;
                document["schedule"] = parsed.GetValue(schedule);
                document["days"] = length;
                document["planDetection"] = made.Detection.Value;
                document["planCost"] = made.CostPerVisit * count;
                document["dates"] = parsed.GetValue(seed) is null ? null : new JsonArray([.. made.Dates.Select(d => JsonValue.Create(UtcTime.Format(d)))]);
                Output.Json(document);
            }
            else
            {
                Print(strata, sizes, target);
                Output.Line($"plan       {Figures.Count(count)} visits, {parsed.GetValue(schedule)}, from {stretch.From:yyyy-MM-dd} for {Figures.Text((stretch.To - stretch.From).TotalDays)} days, cost {Figures.Text(made.CostPerVisit * count)}: a diversion of {Figures.Text(length)} days is found with {Figures.Chance(made.Detection)}");
                Output.Line(parsed.GetValue(seed) is null
                    ? "dates      not drawn: give --seed with a hash that becomes known after the plan"
                    : $"dates      {string.Join(", ", made.Dates.Select(d => $"{d:yyyy-MM-dd}"))}");
            }

            if (parsed.GetValue(party) is null && parsed.GetValue(plan) is null && !says)
            {
                return Exit.Good;
            }

            var body = Body(
                parsed.GetValue(party) ?? throw new UsageException("--party: say who is inspected"),
                parsed.GetValue(plan) ?? throw new UsageException("--plan: name the plan"),
                stretch, count, Figures.Whole("--challenges-per-month", parsed.GetValue(challenges), 0, 10_000), Figures.Whole("--chunks", parsed.GetValue(chunks), 0, 10_000),
                made, target, length, parsed.GetValue(schedule)!, parsed.GetValue(unit)!);
            return parsed.GetValue(json) && !says ? Exit.Good : await sending.DoneAsync(parsed, "inspection-plan", body, cancellation, sender);
        });
        return command;
    }

    /// <summary>From the beginning of a first day to the end of a last.</summary>
    private static (DateTimeOffset From, DateTimeOffset To) Stretch(string? from, string? to)
    {
        var first = Figures.Day("--from", from ?? throw new UsageException("--from: say on which day the plan begins"));
        var last = Figures.Day("--to", to ?? throw new UsageException("--to: say on which day it ends"));
        return last < first
            ? throw new UsageException($"--to: `{to}` is before `{from}`")
            : (new DateTimeOffset(first.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), new DateTimeOffset(last.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddDays(1));
    }

    private static InspectionSchedule Scheme(string name, int visits, TimeSpan span) => name switch
    {
        "periodic" => new InspectionSchedule.Periodic(span / visits),
        "independent" => new InspectionSchedule.Independent(visits, span),
        "one-per-interval" => new InspectionSchedule.OnePerInterval(span / visits),
        "poisson" => new InspectionSchedule.Poisson(visits * 365.25 / span.TotalDays),
        _ => throw new UsageException($"--schedule: `{name}` is none of {string.Join(", ", Schemes)}"),
    };

    private static void Print(ImmutableArray<Stratum> strata, StrataPlan plan, int goal)
    {
        Output.Columns(["stratum", "items", "worth", "cost", "identified", "look at", "worst diversion"], strata.Select((s, k) => new[]
        {
            s.Name, Figures.Count(s.Items), Figures.Count(s.Worth), Figures.Text(s.Cost), Figures.Text(s.Identification.Value), Figures.Count(plan.Sizes[k]), Figures.Count(plan.Worst.Defective[k]),
        }));
        Output.Line($"one visit  costs {Figures.Text(plan.Cost)}: the worst diversion of {Figures.Count(goal)} is found with {Figures.Chance(plan.Worst.Detection)}; {(plan.Search == PlanSearch.Exhaustive ? "all allocations were tried" : "found by exchanges: its detection is exact, that no other is better is not proved")}");
    }

    private static JsonObject Document(ImmutableArray<Stratum> strata, StrataPlan plan, int goal) => new()
    {
        ["goal"] = goal,
        ["strata"] = new JsonArray([.. strata.Select((s, k) => new JsonObject
        {
            ["name"] = s.Name, ["items"] = s.Items, ["worth"] = s.Worth, ["cost"] = s.Cost, ["identification"] = s.Identification.Value,
            ["sample"] = plan.Sizes[k], ["worst"] = plan.Worst.Defective[k],
        })]),
        ["cost"] = plan.Cost,
        ["detection"] = plan.Worst.Detection.Value,
        ["search"] = plan.Search == PlanSearch.Exhaustive ? "exhaustive" : "exchange",
    };

    /// <summary>The body of an `inspection-plan`. A stratum is meant to see as many as make up the goal from it alone.</summary>
    private static JsonObject Body(
        string party, string plan, (DateTimeOffset From, DateTimeOffset To) stretch, int visits, int challenges, int chunks, InspectionPlan made, int goal, double length, string schedule, string unit)
    {
        if (!Slug.IsGood(plan))
        {
            throw new UsageException($"--plan: `{plan}` is not a name: use {Slug.Rule}");
        }

        return new JsonObject
        {
            ["plan"] = plan,
            ["party"] = Inputs.ParseParty(party).Value,
            ["from"] = $"{stretch.From:yyyy-MM-dd}",
            ["to"] = $"{stretch.To.AddDays(-1):yyyy-MM-dd}",
            ["visits"] = visits,
            ["challengesPerMonth"] = challenges,
            ["chunksPerChallenge"] = chunks,
            ["strata"] = new JsonArray([.. made.Strata.Select(s =>
            {
                var (facility, area) = s.Stratum.Name.Split('/') is [var f, var a] && Slug.IsGood(f) && Slug.IsGood(a)
                    ? (f, a)
                    : throw new UsageException($"`{s.Stratum.Name}` is not `facility/area`; in a statement strata are balance areas");
                return new JsonObject
                {
                    ["facility"] = facility, ["area"] = area, ["population"] = s.Stratum.Items, ["defects"] = Math.Min(s.Stratum.Items, (int)(((long)goal + s.Stratum.Worth - 1) / s.Stratum.Worth)),
                    ["identificationPercent"] = s.Stratum.Identification.Value * 100, ["sample"] = s.Size, ["costEach"] = s.Stratum.Cost,
                };
            })]),
            ["cost"] = made.CostPerVisit * visits,
            ["costUnit"] = unit,
            ["text"] = string.Create(CultureInfo.InvariantCulture, $"{visits} visits, {schedule}; a diversion of {goal} units that lasts {Figures.Text(length)} days is found with probability {Figures.Chance(made.Detection)} where it is found least, by one visit with {Figures.Chance(made.Visit.Detection)}"),
        };
    }
}
