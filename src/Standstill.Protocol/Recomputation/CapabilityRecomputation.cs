using System.Collections.Immutable;
using System.Text;
using Standstill.Measurement;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Runs;
using Standstill.Measurement.Numerics;
using Standstill.Protocol.Json;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Recomputation;

/// <summary>Computes a capability result again from the files that it names.</summary>
/// <remarks>The method `standstill-horizon-v1`: <see cref="HorizonEstimator"/> at 50 % and 80 %, 95 % limits from
/// <see cref="HorizonBootstrap"/> over all agents of the files together, the seed by <see cref="SeedOf"/>. It has the same result on every machine,
/// so that only the digits in which a result was written down can differ: see <see cref="Tolerance"/>.</remarks>
public static class CapabilityRecomputation
{
    /// <summary>Two figures are the same that differ by no more than this share of the greater.</summary>
    public const double Tolerance = 1e-9;

    /// <summary>The success levels that a result states.</summary>
    public static ImmutableArray<Probability> Levels { get; } = [new(0.5), new(0.8)];

    /// <summary>The seed of a text: SHA-256 of `standstill capability v1`, a line feed and the text in UTF-8.</summary>
    public static Seed SeedOf(string text) => new(Digest.Of(Encoding.UTF8.GetBytes("standstill capability v1\n" + text)).ToBytes());

    /// <summary>Fits all agents of some runs, with the limits that a result states.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="recipe">How.</param>
    /// <param name="loop">How the draws are run; the result does not depend on it.</param>
    public static ImmutableArray<AgentHorizon> Fit(RunSet runs, HorizonRecipe recipe, DrawLoop loop) =>
        AgentHorizon.Of(runs, recipe.Settings, HorizonBootstrap.Draw(runs, recipe.Settings, Levels, SeedOf(recipe.Seed), recipe.Draws, loop));

    /// <summary>Computes a result again.</summary>
    /// <param name="body">The result.</param>
    /// <param name="runs">The runs that were read from the files.</param>
    /// <param name="files">SHA-256 of each file that was read, in any order.</param>
    /// <param name="loop">How the draws are run; the result does not depend on it.</param>
    public static Recomputed Check(CapabilityResultV2Body body, RunSet runs, ImmutableArray<Digest> files, DrawLoop loop)
    {
        if (body.Claim is not { Method: HorizonMethod.StandstillHorizonV1, Runs: { } claim, Recipe: { } recipe })
        {
            return Cannot("method", $"`{Words.Of(body.Claim.Method)}` does not say how to compute it", $"only results of the method `{Words.Of(HorizonMethod.StandstillHorizonV1)}` can be computed again");
        }

        if (claim.Files.Except(files).Order().ToList() is { Count: > 0 } missing)
        {
            return Cannot("runs.files", $"no file has the digest `{missing[0]}`", "give the files that the statement names, unchanged");
        }

        if (files.Except(claim.Files).Order().ToList() is { Count: > 0 } foreign)
        {
            return Cannot("runs.files", $"the statement does not name the file `{foreign[0]}`", "give the files that the statement names and no others");
        }

        var agent = runs.Agents.Select(a => a.Alias).ToList().IndexOf(claim.Agent);
        return agent < 0
            ? Cannot("runs.agent", $"`{claim.Agent}` has no runs in the files", "the statement is wrong about its own files")
            : Compare(body, claim, runs, Fit(runs, recipe, loop)[agent]);
    }

    private static Recomputed Compare(CapabilityResultV2Body body, RunsClaim claim, RunSet runs, AgentHorizon row)
    {
        var differences = ImmutableArray.CreateBuilder<FigureDifference>();
        var compared = 0;
        var stated = body.Figure;
        var again = HorizonFigures.Of(row);
        Number("p50Minutes", stated.P50.Value, again?.P50.Value);
        Number("p50Low", stated.Limits95?.Low.Value, again?.Limits50?.Low.Value);
        Number("p50High", stated.Limits95?.High.Value, again?.Limits50?.High.Value);
        Number("p80Minutes", stated.P80?.Value, again?.P80.Value);
        Number("p80Low", stated.Limits80?.Low.Value, again?.Limits80?.Low.Value);
        Number("p80High", stated.Limits80?.High.Value, again?.Limits80?.High.Value);
        Word("censoring", Words.Of(stated.Censoring), again is null ? "none" : Words.Of(again.Censoring));
        Number("supportMinutes", stated.Support?.Value, again?.Support?.Value);
        Number("supportShare", body.Claim.SupportShare?.Value, again?.SupportShare?.Value);
        Number("runs.count", claim.Count, runs.RunCount);
        Number("runs.families", claim.Families, runs.Families.Length);
        Number("runs.agentRuns", claim.AgentRuns, row.Runs);
        Number("runs.agentTasks", claim.AgentTasks, row.Tasks);
        return differences.Count > 0 ? new Recomputed.Differs(differences.ToImmutable()) : new Recomputed.Agrees(compared);

        void Number(string field, double? said, double? found)
        {
            compared++;
            if (said == found)
            {
                return;
            }

            var relative = said is { } a && found is { } b ? Math.Abs(a - b) / Math.Max(Math.Abs(a), Math.Abs(b)) : (double?)null;
            if (relative is not <= Tolerance)
            {
                differences.Add(new FigureDifference(field, Shown(said), Shown(found), relative));
            }
        }

        void Word(string field, string said, string found)
        {
            compared++;
            if (said != found)
            {
                differences.Add(new FigureDifference(field, said, found, Relative: null));
            }
        }
    }

    private static string Shown(double? number) => number is { } known ? CanonicalJson.Number(known) : "none";

    private static Recomputed.Cannot Cannot(string place, string message, string remedy) => new(new Fault(place, message, remedy));
}
