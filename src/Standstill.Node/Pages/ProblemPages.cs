namespace Standstill.Node.Pages;

/// <summary>Shows problems to people as pages; programs, and everybody who asks the API, get problem details (RFC 9457).</summary>
internal sealed class ProblemPages : IProblemDetailsWriter
{
    private static readonly string[] ForPrograms = ["/api", "/tile", "/checkpoint", "/openapi", "/metrics", "/health", "/assets"];

    /// <inheritdoc/>
    public bool CanWrite(ProblemDetailsContext context)
    {
        var request = context.HttpContext.Request;
        return request.GetTypedHeaders().Accept.Any(a => a.MediaType == "text/html")
            && !ForPrograms.Any(p => request.Path.StartsWithSegments(p));
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var status = context.HttpContext.Response.StatusCode;
        await PageRoutes.Problem(status, status switch
        {
            404 => "There is no such page on this node.",
            400 => "The address is not one that this node understands.",
            405 => "This page can only be read.",
            _ => "The node could not make this page. Nothing on the ledger is affected.",
        }).ExecuteAsync(context.HttpContext);
    }
}
