using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Standstill.Measurement.Capability;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Recomputation;

/// <summary>Writes the body of a capability result from a fit, so that <see cref="CapabilityRecomputation.Check"/> agrees with it.</summary>
public static class CapabilityStatement
{
    /// <summary>The body of `capability-result-v2` for one agent, ready to sign.</summary>
    /// <param name="row">The agent's row of <see cref="CapabilityRecomputation.Fit"/> from the same runs and recipe.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="files">SHA-256 of each file that was read.</param>
    /// <param name="recipe">How they were fitted.</param>
    /// <param name="source">The evaluator's independence group.</param>
    /// <param name="citation">Where the figure can be read.</param>
    /// <param name="model">The model's name; absent, the one in the files, or else the alias.</param>
    /// <param name="released">The day of its release; absent, the one in the files.</param>
    /// <returns>The body, or what is wrong with it: no release day, no horizon, a name out of bounds.</returns>
    public static Parsed<JsonObject> Of(
        AgentHorizon row,
        RunSet runs,
        ImmutableArray<Digest> files,
        HorizonRecipe recipe,
        string source,
        string citation,
        string? model = null,
        DateOnly? released = null)
    {
        if (HorizonFigures.Of(row) is not { } figures)
        {
            return Parsed<JsonObject>.Bad(
                "p50Minutes", $"the runs of `{row.Agent.Alias}` give no horizon and no bound on one", "its success does not fall with length, or there are no runs, or the horizon is outside what a statement can say");
        }

        if ((released ?? row.Agent.Released) is not { } day)
        {
            return Parsed<JsonObject>.Bad("released", $"the files do not say when `{row.Agent.Alias}` was released", "give the day");
        }

        var claim = new RunsClaim([.. files.Order()], row.Agent.Alias, runs.RunCount, runs.Families.Length, row.Runs, row.Tasks);
        var body = new JsonObject
        {
            ["source"] = source,
            ["citation"] = citation,
            ["model"] = model ?? row.Agent.Model ?? row.Agent.Alias,
            ["released"] = UtcTime.FormatDay(day),
            ["p50Minutes"] = figures.P50.Value,
        };
        AddLimits(body, "p50", figures.Limits50);
        body["p80Minutes"] = figures.P80.Value;
        AddLimits(body, "p80", figures.Limits80);
        body["censoring"] = Words.Of(figures.Censoring);
        Add(body, "supportMinutes", figures.Support?.Value);
        Add(body, "supportShare", figures.SupportShare?.Value);
        body["method"] = Words.Of(HorizonMethod.StandstillHorizonV1);
        body["runs"] = EvidenceDocument.Runs(claim);
        body["settings"] = EvidenceDocument.Settings(recipe);

        var read = Fields.Read(JsonSerializer.SerializeToElement(body), "body", CapabilityResultV2Body.ReadV2);
        return read.IsGood ? Parsed<JsonObject>.Good(body) : Parsed<JsonObject>.Bad(read.Faults);
    }

    private static void AddLimits(JsonObject body, string horizon, HorizonLimits? limits)
    {
        Add(body, horizon + "Low", limits?.Low.Value);
        Add(body, horizon + "High", limits?.High.Value);
    }

    private static void Add(JsonObject body, string field, double? value)
    {
        if (value is { } known)
        {
            body[field] = known;
        }
    }
}
