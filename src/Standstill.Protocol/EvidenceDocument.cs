using System.Text.Json.Nodes;
using Standstill.Measurement.Capability;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol;

/// <summary>What the second version of evidence adds to the world document. Evidence of the first version is written as it always was.</summary>
internal static class EvidenceDocument
{
    public static void Add(JsonObject horizon, PublishedHorizon figure, HorizonClaim claim)
    {
        horizon["p80Low"] = figure.Limits80?.Low.Value;
        horizon["p80High"] = figure.Limits80?.High.Value;
        horizon["supportShare"] = claim.SupportShare?.Value;
        horizon["method"] = Words.Of(claim.Method);
        horizon["runs"] = claim.Runs is { } runs ? Runs(runs) : null;
        horizon["settings"] = claim.Recipe is { } recipe ? Settings(recipe) : null;
    }

    public static void Add(JsonObject indicator, IndicatorReportV2Body report)
    {
        indicator["unit"] = report.Kind.Unit;
        indicator["raters"] = report.Raters is { } raters
            ? new JsonObject { ["count"] = raters.Raters, ["exactAgreement"] = raters.ExactAgreement.Value, ["allowance"] = Words.Of(report.Allowance) }
            : null;
        indicator["note"] = report.Note;
    }

    /// <summary>The field `runs` of a capability result.</summary>
    public static JsonObject Runs(RunsClaim runs) => new()
    {
        ["files"] = new JsonArray([.. runs.Files.Select(file => new JsonObject { ["sha256"] = file.Hex })]),
        ["agent"] = runs.Agent,
        ["count"] = runs.Count,
        ["families"] = runs.Families,
        ["agentRuns"] = runs.AgentRuns,
        ["agentTasks"] = runs.AgentTasks,
    };

    /// <summary>The field `settings` of a capability result.</summary>
    public static JsonObject Settings(HorizonRecipe recipe) => new()
    {
        ["weighting"] = Words.Of(recipe.Settings.Weighting),
        ["resampling"] = Words.Of(recipe.Settings.Resampling),
        ["lambda"] = recipe.Settings.Lambda,
        ["score"] = Words.Of(recipe.Settings.Score),
        ["alleged"] = Words.Of(recipe.Settings.Alleged),
        ["fatal"] = Words.Of(recipe.Settings.Fatal),
        ["draws"] = recipe.Draws,
        ["seed"] = recipe.Seed,
    };
}
