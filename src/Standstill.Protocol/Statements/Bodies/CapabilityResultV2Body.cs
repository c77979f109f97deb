using System.Collections.Immutable;
using Standstill.Measurement;
using Standstill.Measurement.Capability;
using Standstill.Measurement.Capability.Horizons;

namespace Standstill.Protocol.Statements.Bodies;

/// <summary>The time horizon of one model with the limits of both horizons, and what it takes to compute them again.</summary>
public sealed record CapabilityResultV2Body(string Source, string Citation, PublishedHorizon Figure, HorizonClaim Made)
    : CapabilityResultBody(Source, Citation, Figure)
{
    /// <summary>The least length that is stated, in minutes: one below it counts as not bounded.</summary>
    public const double LeastMinutes = 1e-9;

    /// <summary>The greatest length that is stated, in minutes: one above it counts as not bounded.</summary>
    public const double GreatestMinutes = 1e9;

    /// <inheritdoc/>
    public override HorizonClaim Claim => Made;

    internal static CapabilityResultV2Body ReadV2(Fields f)
    {
        var source = f.Name("source", "name", "independence group: figures from one measurement share it, whoever relays them");
        var citation = f.Text("citation", 500, "where the figure can be read");
        var model = f.Text("model", 100, "the model");
        var released = f.Date("released", "the day on which the model was released");
        var p50 = f.Number("p50Minutes", LeastMinutes, GreatestMinutes, "minutes", "50 % time horizon");
        var limits50 = Limits(f, "p50", "50");
        var p80 = Length(f, "p80Minutes", "80 % time horizon; at most the 50 % horizon");
        var limits80 = Limits(f, "p80", "80");
        var censoring = f.Choice<Censoring>("censoring", "whether the figures are only bounds; `at-least` too where the upper limits are not bounded");
        var support = Length(f, "supportMinutes", "the longest task that the model tried");
        var share = f.NumberOrNull("supportShare", 0, 1, "fraction", "weight of the tasks at least as long as the 50 % horizon: at 0 it is extrapolated");
        var method = f.Choice<HorizonMethod>("method", "`published` where the figures are relayed; else the method by which anybody who has the files computes them again");
        var runs = f.ObjectOrNull("runs", "the runs that were fitted", RunsClaim.Read);
        var recipe = f.ObjectOrNull("settings", "how they were fitted", HorizonRecipe.Read);

        var each = f.IsGood;
        var fault = each ? PublishedHorizon.Fault(model, new Minutes(p50), limits50, p80, limits80) : null;
        f.Require(fault is null, Field(fault), fault?.What ?? "", fault?.Remedy ?? "");
        var computed = method != HorizonMethod.Published;
        Across(!computed || runs is not null, "runs", "missing", "a computed figure names the runs that it comes from");
        Across(!computed || recipe is not null, "settings", "missing", "a computed figure says how it was fitted");
        Across(computed || recipe is null, "settings", "these settings belong to a method that computes", $"leave them out, or name the method, such as `{Words.Of(HorizonMethod.StandstillHorizonV1)}`");
        Across(!computed || p80 is not null, "p80Minutes", "missing", "a computed figure has both horizons");
        return new CapabilityResultV2Body(
            source,
            citation,
            f.IsGood && model.Length > 0
                ? new PublishedHorizon(model, released, new Minutes(p50), limits50, p80, censoring, support, limits80)
                : new PublishedHorizon("?", released, new Minutes(p50)),
            new HorizonClaim(method, runs, recipe, share is { } above ? new Probability(above) : null));

        void Across(bool holds, string name, string message, string remedy) => f.Require(!each || holds, name, message, remedy);
    }

    private static Minutes? Length(Fields f, string name, string meaning) =>
        f.NumberOrNull(name, LeastMinutes, GreatestMinutes, "minutes", meaning) is { } minutes ? new Minutes(minutes) : null;

    private static HorizonLimits? Limits(Fields f, string horizon, string level)
    {
        var low = Length(f, horizon + "Low", $"lower 95 % limit of the {level} % horizon; both limits or none");
        var high = Length(f, horizon + "High", "upper 95 % limit");
        f.Require(low is null == high is null, horizon + (low is null ? "Low" : "High"), "one limit without the other", "send both or neither");
        return low is { } l && high is { } h ? new HorizonLimits(l, h) : null;
    }

    private static string Field(FigureFault? fault) => fault?.Field switch
    {
        "p50_ci95_low" => "p50Low",
        "p50_ci95_high" => "p50High",
        "p80_minutes" => "p80Minutes",
        "p80_ci95_low" => "p80Low",
        "p80_ci95_high" => "p80High",
        _ => "p50Minutes",
    };
}

/// <summary>How a stated horizon came about.</summary>
public enum HorizonMethod
{
    /// <summary>The figures are relayed as they were published; nothing here says how to compute them.</summary>
    Published,

    /// <summary><see cref="HorizonEstimator"/> and <see cref="HorizonBootstrap"/>, with the seed of <see cref="Recomputation.CapabilityRecomputation"/>.</summary>
    StandstillHorizonV1,
}

/// <summary>What a capability result says of how its figures came about.</summary>
/// <param name="Method">The method.</param>
/// <param name="Runs">The runs that were fitted; absent where a relayed figure names none.</param>
/// <param name="Recipe">How they were fitted; present exactly where the method computes.</param>
/// <param name="SupportShare">The weight of the tasks at least as long as the 50 % horizon; absent where there is no estimate or nobody said.</param>
public sealed record HorizonClaim(HorizonMethod Method, RunsClaim? Runs, HorizonRecipe? Recipe, Probability? SupportShare);

/// <summary>The runs behind a horizon.</summary>
/// <param name="Files">SHA-256 of each file that was read, tables of tasks too, in any order.</param>
/// <param name="Agent">The alias of the agent in them.</param>
/// <param name="Count">Runs of all agents in them.</param>
/// <param name="Families">Families of tasks in them.</param>
/// <param name="AgentRuns">Runs of the agent that were used.</param>
/// <param name="AgentTasks">Tasks at which it has such a run.</param>
public sealed record RunsClaim(ImmutableArray<Digest> Files, string Agent, long Count, int Families, long AgentRuns, int AgentTasks)
{
    internal static RunsClaim Read(Fields f)
    {
        var files = f.List("files", 1, 64, "each file that was read, tables of tasks too, in any order", file => file.Digest("sha256", "the file's SHA-256"));
        f.Require(files.Distinct().Count() == files.Length, "files", "one file stands there twice", "name each file once");
        return new RunsClaim(
            files,
            f.Text("agent", 200, "the alias of the agent in the files"),
            f.Whole("count", 1, 1_000_000_000, "runs", "runs of all agents in the files"),
            (int)f.Whole("families", 1, 10_000_000, "", "families of tasks in the files"),
            f.Whole("agentRuns", 1, 1_000_000_000, "runs", "runs of the agent that were used"),
            (int)f.Whole("agentTasks", 1, 10_000_000, "", "tasks at which it has such a run"));
    }
}

/// <summary>How runs were fitted. The levels are always 50 % and 80 %.</summary>
/// <param name="Settings">The estimator's settings.</param>
/// <param name="Draws">How many draws the limits were taken from.</param>
/// <param name="Seed">The text from which all draws follow.</param>
public sealed record HorizonRecipe(HorizonSettings Settings, int Draws, string Seed)
{
    internal static HorizonRecipe Read(Fields f) => new(
        new HorizonSettings
        {
            Weighting = f.Choice<TaskWeighting>("weighting", "how runs are weighted: every task the same, or a family as the root of its number of tasks"),
            Resampling = f.Choice<Resampling>("resampling", "what the bootstrap draws anew: families, tasks and runs as METR does, or whole families"),
            Lambda = f.Number("lambda", 1e-12, 1000, "", "the penalty on half the squared slope"),
            Score = f.Choice<ScoreKind>("score", "which score is fitted"),
            Alleged = f.Choice<DoubtfulRuns>("alleged", "what is done with runs that are alleged to have cheated"),
            Fatal = f.Choice<DoubtfulRuns>("fatal", "what is done with runs that ended in a fatal error"),
        },
        (int)f.Whole("draws", 100, 100_000, "", "bootstrap draws behind the limits"),
        f.Text("seed", 200, "the text from which all draws follow"));
}
