"use strict";
// Select2 (4.0) builds a field of its own and gives it neither the label nor a name of its own: assistive tools need both.
{
    function nameFields() {
        for (const select of document.querySelectorAll("select.admin-autocomplete.select2-hidden-accessible")) {
            const built = select.nextElementSibling;
            const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
            const rendered = built && built.querySelector(".select2-selection__rendered");
            if (!label || !rendered) {
                continue;
            }
            label.id = label.id || `${select.id}_label`;
            rendered.removeAttribute("role");
            rendered.removeAttribute("aria-readonly");
            for (const box of built.querySelectorAll("[role=combobox], .select2-search__field")) {
                box.setAttribute("aria-labelledby", rendered.id ? `${label.id} ${rendered.id}` : label.id);
            }
        }
    }
    django.jQuery(nameFields);
    document.addEventListener("formset:added", () => setTimeout(nameFields));
}
