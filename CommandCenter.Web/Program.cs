using CommandCenter.Web.Shell;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddShell();

var app = builder.Build();
app.UseShell();
app.UseAntiforgery();
app.MapGet("/healthz/live", () => Results.Text("ok"));
app.MapShell();
await app.RunAsync();
