using System.Collections.Immutable;
using Standstill.Protocol.Json;

namespace Standstill.Protocol.Statements;

/// <summary>What a statement is about: a name and the SHA-256 of the thing (in-toto ResourceDescriptor).</summary>
public sealed record Subject(string Name, Digest Sha256);

/// <summary>
/// What one key says: an in-toto Statement v1 whose predicate carries a header that ties it to one place in one
/// registry, and a body by predicate type.
/// </summary>
/// <remarks>
/// <code>
/// {"_type": "https://in-toto.io/Statement/v1",
///  "subject": [{"name": "registry", "digest": {"sha256": …}}],
///  "predicateType": "urn:standstill:heartbeat:v1",
///  "predicate": {"registry": …, "party": …, "key": …, "sequence": 3, "previous": …, "issued": …, "body": {…}}}
/// </code>
/// </remarks>
/// <param name="Id">SHA-256 of the payload: the statement's name everywhere.</param>
/// <param name="Subjects">What it is about.</param>
/// <param name="PredicateUri">Its type as written.</param>
/// <param name="Registry">The charter's id; null in the charter itself.</param>
/// <param name="Party">Who says it.</param>
/// <param name="Key">The key that signs it.</param>
/// <param name="Sequence">0 for the first statement of this key, then one more each.</param>
/// <param name="Previous">The id of this key's previous statement; null exactly at sequence 0.</param>
/// <param name="Issued">When the party says it said it.</param>
/// <param name="Type">Its type; null when this version does not know it.</param>
/// <param name="Body">What it says; null when the type is unknown.</param>
public sealed record Statement(
    Digest Id,
    ImmutableArray<Subject> Subjects,
    string PredicateUri,
    Digest? Registry,
    PartyId Party,
    PartyKey Key,
    long Sequence,
    Digest? Previous,
    DateTimeOffset Issued,
    PredicateType? Type,
    Body? Body)
{
    /// <summary>The `_type` of an in-toto Statement v1.</summary>
    public const string InTotoType = "https://in-toto.io/Statement/v1";

    private const long MaximumSequence = 1L << 53;

    private sealed record Header(Digest? Registry, PartyId Party, PartyKey Key, long Sequence, Digest? Previous, DateTimeOffset Issued);

    private sealed record Outline(ImmutableArray<Subject> Subjects, string PredicateUri, Header Header);

    /// <summary>Reads the payload of an envelope. The signature is not this function's business.</summary>
    public static Parsed<Statement> Parse(ReadOnlyMemory<byte> payload)
    {
        if (!StrictJson.TryParse(payload, out var json, out var fault))
        {
            return Parsed<Statement>.Bad("statement", fault!.Message, fault.Remedy);
        }

        var outline = Fields.Read(json, "", ReadOutline);
        if (!outline.IsGood)
        {
            return Parsed<Statement>.Bad(outline.Faults);
        }

        var (subjects, uri, header) = outline.Value;
        var type = PredicateType.FindUri(uri);
        Body? body = null;
        if (type is not null)
        {
            var predicate = json.GetProperty("predicate");
            if (!predicate.TryGetProperty("body", out var bodyJson))
            {
                return Parsed<Statement>.Bad("body", "missing", "put the fields of this type into `predicate.body`");
            }

            var read = Fields.Read(bodyJson, "body", type.Shape);
            if (!read.IsGood)
            {
                return Parsed<Statement>.Bad(read.Faults);
            }

            body = read.Value;
        }

        return Parsed<Statement>.Good(new Statement(
            Digest.Of(payload.Span), subjects, uri, header.Registry, header.Party, header.Key, header.Sequence, header.Previous, header.Issued, type, body));
    }

    private static Outline ReadOutline(Fields f)
    {
        var type = f.Text("_type", 100, "in-toto's type");
        f.Require(type == InTotoType, "_type", $"`{type}` is not in-toto Statement v1", $"set it to `{InTotoType}`");
        var subjects = f.List("subject", 1, 16, "what it is about", s => new Subject(
            s.Text("name", 200, "what the thing is called"),
            s.Object("digest", "digests of the thing", d => new DigestSet(d.Digest("sha256", "its SHA-256"))).Sha256));
        var uri = f.Text("predicateType", 200, "the type of the predicate");
        var header = f.Object("predicate", "header and body", p => new Header(
            p.DigestOrNull("registry", "the charter's id"),
            p.Party("party", "who says it"),
            p.Key("key", "the key that signs it"),
            p.Whole("sequence", 0, MaximumSequence, "", "0 for the key's first statement, then one more each"),
            p.DigestOrNull("previous", "the id of the key's previous statement"),
            p.Time("issued", "when the party says it said it")));
        f.Require(header.Sequence == 0 == (header.Previous is null), "predicate.previous", "stands there exactly when the sequence is above 0", "name the key's previous statement, or leave it out at sequence 0");
        return new Outline(subjects, uri, header);
    }

    private sealed record DigestSet(Digest Sha256);
}
