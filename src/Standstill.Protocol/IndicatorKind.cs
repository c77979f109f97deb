using System.Collections.Immutable;
using Standstill.Measurement.Indicators;

namespace Standstill.Protocol;

/// <summary>A quantity that evaluators report besides horizons.</summary>
/// <param name="Name">How statements and the trigger language write it: `ai-authored code share`.</param>
/// <param name="Scale">Whether it is a share in [0, 1] or a positive quantity.</param>
/// <param name="Unit">The unit in a report: `fraction`, `ratio`, `FLOP` or `H100e`.</param>
/// <param name="Meaning">What is measured, in one sentence.</param>
/// <param name="Column">How a table of indicators writes it: `ai_authored_code_share`.</param>
public sealed record IndicatorKind(string Name, Scale Scale, string Unit, string Meaning, string Column)
{
    /// <summary>What the first version of an indicator report and the trigger language know. Both would change their meaning if this did:
    /// a text or a report that is refused today stays refused.</summary>
    public static ImmutableArray<IndicatorKind> OfVersion1 { get; } =
    [
        new("ai-authored code share", Scale.Share, "fraction", "share of merged code that a model wrote", "ai_authored_code_share"),
        new("code per engineer", Scale.Ratio, "ratio", "code shipped per engineer over the lab's stated baseline", "code_per_engineer"),
        new("research speed-up", Scale.Ratio, "ratio", "rate of progress of AI research over the rate without AI", "research_speedup"),
        new("training speed-up", Scale.Ratio, "ratio", "speed-up of training code found by a model", "training_code_speedup"),
        new("staff productivity", Scale.Ratio, "ratio", "work per member of staff over the rate without AI", "staff_productivity"),
        new("open-ended task success", Scale.Share, "fraction", "success rate on the most open-ended engineering tasks", "open_ended_task_success"),
        new("research led by ai", Scale.Share, "fraction", "share of research work that a model leads", "share_of_research_led_by_ai"),
    ];

    /// <summary>Every indicator that the second version of a report may name.</summary>
    public static ImmutableArray<IndicatorKind> All { get; } =
    [
        .. OfVersion1,
        new("better next step than human", Scale.Share, "fraction", "share of decisions in research at which a model's proposal was rated better than what the human did", "better_next_step_than_human"),
        new("capability slope ratio", Scale.Ratio, "ratio", "rate of progress in capability after a stated day over the rate before it", "capability_slope_ratio"),
        new("largest training run", Scale.Ratio, "FLOP", "operations of the lab's largest training run so far", "largest_training_run"),
        new("compute in operation", Scale.Ratio, "H100e", "accelerators in operation, in units of one H100 by dense bf16 rate", "compute_in_operation"),
    ];

    /// <summary>The indicator of a name, or null.</summary>
    public static IndicatorKind? Find(string name) => All.FirstOrDefault(k => k.Name == name);

    /// <summary>The indicator that a table of indicators writes so, or null.</summary>
    public static IndicatorKind? FindColumn(string column) => All.FirstOrDefault(k => k.Column == column);
}
