using System.Text.Json;
using System.Text.Json.Serialization;

namespace Standstill.Measurement.Capability.Reading;

/// <summary>What is read of a log of Inspect, in the shape in which Inspect writes it; all other fields are passed over.</summary>
/// <param name="Status"><c>success</c> where the evaluation came to its end; <c>started</c>, <c>cancelled</c> or <c>error</c> where it did not.</param>
/// <param name="Evaluation">What was evaluated.</param>
/// <param name="Samples">The samples, in a log that is one JSON document.</param>
internal sealed record InspectLog(
    [property: JsonPropertyName("status")] string? Status,
    [property: JsonPropertyName("eval")] InspectEvaluation? Evaluation,
    [property: JsonPropertyName("samples")] List<InspectSample>? Samples)
{
    /// <summary>A name that stands twice in one object is refused, as in a line of runs.</summary>
    public static JsonSerializerOptions Options { get; } = new() { PropertyNameCaseInsensitive = false, MaxDepth = 512, AllowDuplicateProperties = false };
}

/// <summary>What was evaluated.</summary>
internal sealed record InspectEvaluation(
    [property: JsonPropertyName("task")] string? Task,
    [property: JsonPropertyName("task_version")] JsonElement Version,
    [property: JsonPropertyName("model")] string? Model,
    [property: JsonPropertyName("eval_id")] string? EvaluationId,
    [property: JsonPropertyName("run_id")] string? RunId);

/// <summary>One attempt at one sample.</summary>
internal sealed record InspectSample(
    [property: JsonPropertyName("id")] JsonElement Id,
    [property: JsonPropertyName("epoch")] long? Epoch,
    [property: JsonPropertyName("uuid")] string? Uuid,
    [property: JsonPropertyName("metadata")] InspectMetadata? Metadata,
    [property: JsonPropertyName("scores")] OrderedDictionary<string, InspectScore>? Scores,
    [property: JsonPropertyName("invalidation")] JsonElement Invalidation,
    [property: JsonPropertyName("error")] JsonElement Error,
    [property: JsonPropertyName("limit")] JsonElement Limit);

/// <summary>What one scorer says.</summary>
internal sealed record InspectScore([property: JsonPropertyName("value")] JsonElement Value);

/// <summary>What a task's author may say of a sample.</summary>
internal sealed record InspectMetadata(
    [property: JsonPropertyName("human_minutes")] JsonElement HumanMinutes,
    [property: JsonPropertyName("human_source")] JsonElement HumanSource,
    [property: JsonPropertyName("task_family")] JsonElement TaskFamily,
    [property: JsonPropertyName("family")] JsonElement Family,
    [property: JsonPropertyName("task_source")] JsonElement TaskSource,
    [property: JsonPropertyName("release_date")] JsonElement Released,
    [property: JsonPropertyName("alleged_cheating")] JsonElement Alleged);
